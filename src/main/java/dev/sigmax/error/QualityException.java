package dev.sigmax.error;

/** More bad rows, or a larger drift, than the job allows; nothing is published. */
public final class QualityException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public QualityException(ErrorName name, String message) {
    super(name, message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public QualityException(ErrorName name, String message, Throwable cause) {
    super(name, message, cause);
  }
}
