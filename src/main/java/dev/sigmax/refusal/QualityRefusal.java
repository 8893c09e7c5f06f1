package dev.sigmax.refusal;

/** More bad rows than the job allows; nothing is published. */
public final class QualityRefusal extends Refusal {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public QualityRefusal(String message) {
    super(message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public QualityRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
