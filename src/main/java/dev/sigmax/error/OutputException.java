package dev.sigmax.error;

/** The output: it exists, another run holds it, no permission, no space. */
public final class OutputException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public OutputException(ErrorName name, String message) {
    super(name, message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public OutputException(ErrorName name, String message, Throwable cause) {
    super(name, message, cause);
  }
}
