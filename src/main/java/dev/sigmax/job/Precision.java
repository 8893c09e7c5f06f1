package dev.sigmax.job;

/** The type of the probabilities. */
public enum Precision {
  FLOAT,
  DOUBLE
}
