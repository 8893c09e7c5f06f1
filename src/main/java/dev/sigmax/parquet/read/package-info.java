/** Pages to values, without Spark's reader. */
package dev.sigmax.parquet.read;
