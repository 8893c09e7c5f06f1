/**
 * What is read: the snapshot of the files, the preflight over their footers, which columns are
 * logits, and the rows. Knows footers and Spark's scans; knows no output, no functions.
 */
package dev.sigmax.input;
