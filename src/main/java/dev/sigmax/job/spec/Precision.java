package dev.sigmax.job.spec;

/** The type of the probabilities. */
public enum Precision {
  FLOAT,
  DOUBLE
}
