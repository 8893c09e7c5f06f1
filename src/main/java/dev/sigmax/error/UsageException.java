package dev.sigmax.error;

/** The command, the job file, or options that contradict each other. */
public final class UsageException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public UsageException(ErrorName name, String message) {
    super(name, message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public UsageException(ErrorName name, String message, Throwable cause) {
    super(name, message, cause);
  }
}
