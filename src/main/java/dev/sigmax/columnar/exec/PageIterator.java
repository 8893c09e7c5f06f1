package dev.sigmax.columnar.exec;

import dev.sigmax.parquet.read.FileBytes;
import dev.sigmax.parquet.read.FileColumns;
import dev.sigmax.parquet.read.PageBatches;
import java.io.Closeable;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.Platform;
import scala.collection.AbstractIterator;

/**
 * The batches of a part of a file. The file is opened with the first batch, and closed by who has
 * this or after the last.
 */
final class PageIterator extends AbstractIterator<ColumnarBatch> implements Closeable {
  private final HadoopInputFile file;
  private final FileColumns columns;
  private final PageScan.Request request;
  private final PartitionedFile part;
  private final boolean checked;
  private PagePool memory;
  private PageBatches batches;
  private boolean fetched;
  private boolean ended;

  PageIterator(
      HadoopInputFile file,
      FileColumns columns,
      PageScan.Request request,
      PartitionedFile part,
      boolean checked) {
    this.file = file;
    this.columns = columns;
    this.request = request;
    this.part = part;
    this.checked = checked;
  }

  /** Reads the next batch: Spark names the file to failures here, and not in {@link #next}. */
  @Override
  public boolean hasNext() {
    if (fetched || ended) {
      return fetched;
    }
    try {
      if (batches == null) {
        open();
      }
      fetched = batches.next();
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
    return batches.batch();
  }

  private void open() throws IOException {
    memory = new PagePool();
    batches =
        new PageBatches(
            FileBytes.open(file),
            part.toPath().toString(),
            columns,
            request.batchRows(),
            PartitionColumns.of(part, request.partition(), request.batchRows()),
            memory,
            checked);
  }

  @Override
  public void close() throws IOException {
    ended = true;
    fetched = false;
    if (memory == null) {
      return;
    }
    PagePool lent = memory;
    memory = null;
    try {
      if (batches != null) {
        batches.close();
      }
    } finally {
      lent.close();
    }
  }
}
