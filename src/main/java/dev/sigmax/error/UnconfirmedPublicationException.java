package dev.sigmax.error;

/**
 * A run that is in its place, though the disk did not confirm that it has it: a loss of power could
 * still undo it. Nobody's mistake, and no failure that published nothing.
 */
public final class UnconfirmedPublicationException extends SigmaxException {
  private static final long serialVersionUID = 1L;

  /** Tells what is in place, and what to do. */
  public UnconfirmedPublicationException(ErrorName name, String message, Throwable cause) {
    super(name, message, cause);
  }
}
