package dev.sigmax.parquet.vector;

/** How many rows a batch holds, so that its logits stay in a processor's cache. */
public final class BatchRows {
  /** Spark's setting for it. */
  public static final String SETTING = "spark.sql.parquet.columnarReaderBatchSize";

  /** As few as a sample needs, and as pages are worth. */
  public static final int FEWEST = 16;

  /** As many as there ever are. */
  public static final int MOST = 4096;

  /** 512 KiB of floats. */
  private static final int LOGITS = 1 << 17;

  /** What the other columns of a batch may take, about. */
  private static final long BYTES = 32 << 20;

  private BatchRows() {}

  /**
   * The rows of a batch where each row has so many logits, and takes so many bytes in all, as far
   * as that is known; else 0. Few where rows hold documents or pictures, which a batch holds at
   * once.
   */
  public static int of(long logitsInARow, long bytesInARow) {
    long rows = Math.max(FEWEST, Math.min(MOST, LOGITS / Math.max(1, logitsInARow)));
    return (int) Math.min(rows, Math.max(1, BYTES / Math.max(1, bytesInARow)));
  }
}
