/**
 * Arrow IPC files and streams as input beside Parquet.
 *
 * <p><b>Where it fits.</b> A file becomes a {@code Footer} as a Parquet file does, so snapshot,
 * preflight, inspection and plan do not know the difference: {@link dev.sigmax.arrow.ArrowFile}
 * reads the schema and where the record batches lie, {@link dev.sigmax.arrow.ArrowTypes} says what
 * Spark types its columns have. To Spark a table of Arrow files is a scan of files like one of
 * Parquet ({@code ArrowFormat}): splits, locality, partitions, metrics and the place of each row
 * are Spark's, and both engines read the same batches, the row engine row by row.
 *
 * <p><b>Files and streams.</b> A file ends with a footer that lists its record batches, but not
 * their rows: those stand in the header of each. A stream has no footer; its message headers are
 * read one after the other, past the bodies. A stream that does not end with its end marker may
 * have been cut off, and is refused. Either is split by bytes; a record batch belongs to the task
 * in whose part its header begins.
 *
 * <p><b>Values.</b> A record batch may hold any number of rows. {@link
 * dev.sigmax.arrow.ArrowBatches} reads it a few thousand rows at a time, so that memory does not
 * grow with it and logits stay in a processor's cache. Each buffer of a column is read in order
 * through a window ({@link dev.sigmax.arrow.BodyBuffer}); values are copied once, from the window
 * into the array that the kernel reads. Compressed buffers (lz4, zstd) are decompressed as they are
 * read, by the libraries that Spark itself compresses with.
 *
 * <p><b>Types.</b> Float, double and half floats, whole numbers with and without a sign, decimals
 * of 128 bits, booleans, texts, bytes, dates, timestamps down to microseconds, lists of these (of a
 * fixed size or of any), and dictionaries of values that are no lists. A half float is widened to a
 * float, which is exact. Any other column is refused by its name, and only where it is read.
 *
 * <p><b>What Arrow does not have.</b> There are no checksums, so a flipped bit in a value cannot be
 * noticed. What can be held against something is: the lengths of columns against their batch,
 * buffers against the body, offsets against each other, messages against the file.
 */
package dev.sigmax.arrow;
