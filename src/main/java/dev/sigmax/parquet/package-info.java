/**
 * Parquet files from outside: their footers and checksums, read here or on the executors. Knows no
 * logits, no jobs; used by input and output alike.
 */
package dev.sigmax.parquet;
