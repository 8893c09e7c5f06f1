package dev.sigmax.job.spec;

/** What becomes of a row with an issue. */
public enum OnBadRow {
  /** Nothing is published, unless the job tolerates so many; then as {@link #NULL}. */
  FAIL,
  /** The input row goes to {@code _quarantine}, whole, with its issue. */
  QUARANTINE,
  /** The row is published without probabilities, with its issue. */
  NULL
}
