package dev.sigmax.refusal;

/** A published run that is not what its manifest says. */
public final class DifferenceRefusal extends Refusal {
  private static final long serialVersionUID = 1L;

  /** Refuses with a message for a person. */
  public DifferenceRefusal(String message) {
    super(message, null);
  }

  /** Refuses with a message for a person, and what led to it. */
  public DifferenceRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
