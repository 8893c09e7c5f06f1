package dev.sigmax.refusal;

/** The command, the job file, or options that contradict each other. */
public final class UsageRefusal extends Refusal {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public UsageRefusal(String message) {
    super(message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public UsageRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
