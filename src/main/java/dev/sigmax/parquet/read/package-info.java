/**
 * Reads the pages of Parquet files into Spark's column vectors, a page at a time: no object and no
 * call for a value. Knows no logits, no plans; who uses it decides which files it opens and lends
 * it memory.
 */
package dev.sigmax.parquet.read;
