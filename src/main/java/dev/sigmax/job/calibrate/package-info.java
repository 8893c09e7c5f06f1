/**
 * Fits a calibration: losses with their derivatives, summed exactly over rows on Spark, and
 * Newton's method over the sums, so that every partitioning gives the same bits.
 */
package dev.sigmax.job.calibrate;
