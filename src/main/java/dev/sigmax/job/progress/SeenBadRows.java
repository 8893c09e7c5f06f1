package dev.sigmax.job.progress;

/** How bad rows are seen while they are being scored, without a look at any value. */
public enum SeenBadRows {
  /** By a metric of the columnar path. */
  COUNTED,
  /** By rows that are read and not written, as they go to the quarantine. */
  LEFT_OUT,
  /** Not before the rows are checked as written: the row path writes them like others. */
  NOT_YET
}
