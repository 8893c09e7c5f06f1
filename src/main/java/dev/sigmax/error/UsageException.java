package dev.sigmax.error;

/** The command, the job file, or options that contradict each other. */
public final class UsageException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public UsageException(String message) {
    super(message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
