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
 * have been cut off, and is refused. Either is split by bytes, and a record batch between its rows
 * ({@link dev.sigmax.arrow.BlockRows}): nothing is copied for that, a task begins to read each
 * buffer where its rows do. Two kinds of record batches belong whole to the task in whose part
 * their header begins: compressed ones, since a task would have to decompress all that stands
 * before its rows, and those whose texts as views may have to be in memory at once, in every task.
 *
 * <p><b>Values.</b> A record batch may hold any number of rows. {@link
 * dev.sigmax.arrow.ArrowBatches} reads it a few thousand rows at a time, so that memory does not
 * grow with it and logits stay in a processor's cache. Each buffer of a column is read in order
 * through a window ({@link dev.sigmax.arrow.BodyBuffer}). Compressed buffers (lz4, zstd) are
 * decompressed as they are read, by the libraries that Spark itself compresses with.
 *
 * <p><b>Copies.</b> Floats and doubles that are not compressed are copied twice on their way from
 * the operating system to the kernel: a read fills the window, and from there they go into the
 * array that the kernel takes. No read of Java's fills an array of floats, so the window stays.
 * Where the file is local and Arrow's memory serves, there is no third copy: the window lies
 * outside the heap, where the read puts its bytes directly, it ends with a whole value, and no
 * value is moved to its begin ({@link dev.sigmax.arrow.FixedWidthColumn}). A window of the heap
 * costs one more, the JDK's own, and so may the streams of other file systems. A mapped file would
 * save the first copy; but a file that someone cuts off meanwhile would then end the JVM, and not
 * the read. Values of other types are put together anew from the window where their vector takes
 * them otherwise ({@link dev.sigmax.arrow.StoredValues}).
 *
 * <p><b>Views.</b> They may point anywhere. While they point forwards, as they are written, the
 * buffers behind them go through a window as well. A buffer in which they go back, as in a table
 * that was sorted, is read as a whole for the rest of its record batch. A value that several views
 * point to is there once.
 *
 * <p><b>Types.</b> Float, double and half floats, whole numbers with and without a sign, decimals
 * of 128 bits, booleans, texts and bytes (also as views), dates, timestamps down to microseconds,
 * lists of these (of a fixed size, of any, or as views), and dictionaries of values that are no
 * lists. A half float is widened to a float, which is exact. Any other column is refused by its
 * name, and only where it is read.
 *
 * <p><b>What Arrow does not have.</b> There are no checksums, so a flipped bit in a value cannot be
 * noticed. What can be held against something is: the lengths of columns against their batch,
 * buffers against the body, offsets against each other, messages against the file.
 */
package dev.sigmax.arrow;
