package dev.sigmax.job.spec;

/** What becomes of the rows that a table has. */
public enum WriteMode {
  /** They stay. */
  APPEND,
  /** Those that a condition picks make room for the run's, in the same commit. */
  OVERWRITE
}
