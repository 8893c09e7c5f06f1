package dev.sigmax.refusal;

/** What the run stands on gave way: too little memory, or Spark was stopped under it. */
public final class PlatformRefusal extends Refusal {
  private static final long serialVersionUID = 1L;

  /** Tells what gave way, and what to do. */
  public PlatformRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
