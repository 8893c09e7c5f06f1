/**
 * Scores of a batch of logits, by columns or by rows. Knows the kernel and Spark's column vectors;
 * knows no plans and no files.
 */
package dev.sigmax.columnar.score;
