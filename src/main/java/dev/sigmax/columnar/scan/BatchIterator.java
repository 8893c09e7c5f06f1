package dev.sigmax.columnar.scan;

import java.io.Closeable;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.Platform;
import scala.collection.AbstractIterator;

/**
 * The batches of a part of a file. The file is opened with the first batch, and closed by who has
 * this or after the last.
 */
abstract class BatchIterator extends AbstractIterator<ColumnarBatch> implements Closeable {
  private boolean opened;
  private boolean fetched;
  private boolean ended;

  /** Opens the file; what it took when it fails, {@link #release} gives back. */
  abstract void open() throws IOException;

  /** Reads the next batch; false if there is none. */
  abstract boolean read() throws IOException;

  /** The batch that was read. */
  abstract ColumnarBatch batch();

  /** Gives back what {@link #open} took; more than once, and where nothing was opened. */
  abstract void release() throws IOException;

  /** Reads the next batch: Spark names the file to failures here, and not in {@link #next}. */
  @Override
  public boolean hasNext() {
    if (fetched || ended) {
      return fetched;
    }
    try {
      if (!opened) {
        open();
        opened = true;
      }
      fetched = read();
      if (!fetched) {
        close();
      }
      return fetched;
    } catch (IOException e) {
      // As it is: Spark tells a file that is gone from one that is damaged by the type.
      Platform.throwException(e);
      return false;
    }
  }

  @Override
  public ColumnarBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    fetched = false;
    return batch();
  }

  @Override
  public void close() throws IOException {
    ended = true;
    fetched = false;
    release();
  }
}
