package dev.sigmax.refusal;

/**
 * Something a person can put right: a wrong job, a bad input, an output in the way. Everything else
 * that is thrown is our own fault.
 *
 * <p>The message says what is wrong, where, and what to do, in that order, and is all that a person
 * is shown.
 */
public abstract sealed class Refusal extends RuntimeException
    permits UsageRefusal,
        InputRefusal,
        QualityRefusal,
        OutputRefusal,
        DifferenceRefusal,
        PlatformRefusal,
        UnconfirmedPublication {
  private static final long serialVersionUID = 1L;

  Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}
