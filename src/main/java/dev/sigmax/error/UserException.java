package dev.sigmax.error;

/** Something that a person can put right: a wrong job, a bad input, an output in the way. */
public abstract sealed class UserException extends SigmaxException
    permits UsageException, InputException, QualityException, OutputException, DifferenceException {
  private static final long serialVersionUID = 1L;

  UserException(ErrorName name, String message, Throwable cause) {
    super(name, message, cause);
  }
}
