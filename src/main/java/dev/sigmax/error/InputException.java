package dev.sigmax.error;

/** The input: missing, unreadable, corrupt, of wrong types, or in disagreement with itself. */
public final class InputException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public InputException(ErrorName name, String message) {
    super(name, message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public InputException(ErrorName name, String message, Throwable cause) {
    super(name, message, cause);
  }
}
