/**
 * Parquet files from outside: their footers, page headers and checksums, read here or on the
 * executors. Knows no logits and no jobs; used by input and output alike.
 */
package dev.sigmax.parquet.footer;
