/**
 * How good probabilities are: measures as mergeable state that is exact, so that every partitioning
 * gives the same bits.
 */
package dev.sigmax.job.evaluate;
