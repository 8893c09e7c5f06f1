/**
 * What is published: staging, writing, the checks and the verification from disk, the manifest, and
 * the one step that puts it all in place. Knows Parquet footers and Spark's writer; knows no input,
 * no functions.
 */
package dev.sigmax.output;
