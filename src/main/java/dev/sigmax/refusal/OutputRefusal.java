package dev.sigmax.refusal;

/** The output: it exists, another run holds it, no permission, no space. */
public final class OutputRefusal extends Refusal {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public OutputRefusal(String message) {
    super(message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public OutputRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
