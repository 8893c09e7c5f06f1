/**
 * What a run writes and what is said of it: files, checks, manifest, and the verification from
 * disk. Knows Parquet footers and Spark's writer; knows no input, no functions.
 */
package dev.sigmax.output;
