package dev.sigmax.error;

/** A published run that is not what its manifest says. */
public final class DifferenceException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public DifferenceException(ErrorName name, String message) {
    super(name, message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public DifferenceException(ErrorName name, String message, Throwable cause) {
    super(name, message, cause);
  }
}
