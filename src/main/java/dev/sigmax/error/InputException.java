package dev.sigmax.error;

/** The input: missing, unreadable, corrupt, of wrong types, or in disagreement with itself. */
public final class InputException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public InputException(String message) {
    super(message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
