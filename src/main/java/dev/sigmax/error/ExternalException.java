package dev.sigmax.error;

/**
 * What the run stands on gave way: a store, a master or the network does not answer, executors were
 * lost, memory or Spark's local disk ran out. This run published nothing; trying again may help.
 */
public final class ExternalException extends SigmaxException {
  private static final long serialVersionUID = 1L;

  /** Work that a heap is too small for. */
  public static ExternalException outOfMemory(Throwable failure) {
    return new ExternalException(
        ErrorName.OUT_OF_MEMORY,
        "a task ran out of memory. A task holds a row group of the input, and a page of it twice."
            + " Give it more (--driver-memory for a local run, --executor-memory on a cluster), or"
            + " write the input in smaller row groups.",
        failure);
  }

  /** Tells what gave way, and what to do. */
  public ExternalException(ErrorName name, String message) {
    super(name, message, null);
  }

  /** Tells what gave way, and what to do. */
  public ExternalException(ErrorName name, String message, Throwable cause) {
    super(name, message, cause);
  }
}
