/**
 * What is read: the snapshot of the files, the preflight over their footers, which columns are
 * logits, and the rows. Knows Parquet footers and Spark's reader; knows no output, no functions.
 */
package dev.sigmax.input;
