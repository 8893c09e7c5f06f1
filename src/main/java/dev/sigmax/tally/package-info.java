/**
 * Counts of scores in fixed bins, what the pictures of a run are drawn from, and sums of doubles
 * without an error. They add up to the same whatever the partitioning, the order of rows and the
 * number of tasks.
 */
package dev.sigmax.tally;
