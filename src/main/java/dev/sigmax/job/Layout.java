package dev.sigmax.job;

/** How probabilities stand in the output. */
public enum Layout {
  /** One column for each class. */
  COLUMNS,
  /** One array column. */
  ARRAY
}
