package dev.sigmax.job.spec;

/** How probabilities stand in the output. */
public enum Layout {
  /** One column for each class. */
  COLUMNS,
  /** One array column. */
  ARRAY,
  /** None at all: only what is added to them. */
  NONE
}
