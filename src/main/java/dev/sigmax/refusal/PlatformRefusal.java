package dev.sigmax.refusal;

/**
 * What the run stands on gave way: a store, a master or the network does not answer, executors were
 * lost, memory or Spark's local disk ran out. This run published nothing; trying again may help.
 */
public final class PlatformRefusal extends Refusal {
  private static final long serialVersionUID = 1L;

  /** Tells what gave way, and what to do. */
  public PlatformRefusal(String message) {
    super(message, null);
  }

  /** Tells what gave way, and what to do. */
  public PlatformRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
