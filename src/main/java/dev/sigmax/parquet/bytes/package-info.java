/**
 * Where the bytes of a file come from, this machine's or any other file system's, and the memory
 * they are read into. Knows no format.
 */
package dev.sigmax.parquet.bytes;
