package dev.sigmax.refusal;

/** The input: missing, unreadable, corrupt, of wrong types, or in disagreement with itself. */
public final class InputRefusal extends Refusal {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public InputRefusal(String message) {
    super(message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public InputRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
