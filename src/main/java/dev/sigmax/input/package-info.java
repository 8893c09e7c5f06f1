/**
 * The input as one table: the preflight over the footers of a snapshot's files, and the rows. Knows
 * footers and Spark's scans; knows no output, no functions.
 */
package dev.sigmax.input;
