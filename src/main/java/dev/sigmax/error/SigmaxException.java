package dev.sigmax.error;

/**
 * What is thrown with a message for a person: what is wrong, where, and what to do, in that order.
 * That message is all that a person is shown. Everything else that is thrown is our own fault.
 */
public abstract sealed class SigmaxException extends RuntimeException
    permits UserException, ExternalException, UnconfirmedPublicationException {
  private static final long serialVersionUID = 1L;

  private final ErrorName name;

  SigmaxException(ErrorName name, String message, Throwable cause) {
    super(message, cause);
    this.name = name;
  }

  /** Its name in the catalogue. */
  public final ErrorName name() {
    return name;
  }
}
