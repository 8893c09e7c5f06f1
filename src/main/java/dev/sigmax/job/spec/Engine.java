package dev.sigmax.job.spec;

/** Which path scores. */
public enum Engine {
  /** The best that applies. */
  AUTO,
  /** Spark's rows. */
  ROW,
  /** Column batches from end to end. */
  COLUMNAR
}
