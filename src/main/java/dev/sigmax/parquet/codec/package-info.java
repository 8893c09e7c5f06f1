/**
 * Compressed pages to pages, one class for each codec, between buffers outside the heap. Each
 * refuses a page that does not come to the size that its header says.
 */
package dev.sigmax.parquet.codec;
