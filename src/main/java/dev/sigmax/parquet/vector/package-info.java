/**
 * Columns of a batch, as Spark sees them: values in arrays of the heap that pages of Parquet and
 * buffers of Arrow are read into, and how many rows of them make a batch. Knows how values lie in a
 * page, not where pages come from.
 */
package dev.sigmax.parquet.vector;
