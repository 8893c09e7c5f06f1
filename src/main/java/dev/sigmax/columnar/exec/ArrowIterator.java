package dev.sigmax.columnar.exec;

import dev.sigmax.arrow.ArrowBatches;
import dev.sigmax.arrow.ArrowFile;
import dev.sigmax.arrow.HeapMemory;
import dev.sigmax.parquet.read.BatchRows;
import dev.sigmax.parquet.read.PageMemory;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.Platform;
import scala.collection.AbstractIterator;

/**
 * The batches of a part of an Arrow file. The file is opened with the first batch, and closed by
 * who has this or after the last.
 */
final class ArrowIterator extends AbstractIterator<ColumnarBatch> implements Closeable {
  private final PartitionedFile part;
  private final StructType columns;
  private final StructType partition;
  private final Configuration conf;
  private Optional<PagePool> pool = Optional.empty();
  private Optional<ArrowBatches> batches = Optional.empty();
  private boolean fetched;
  private boolean ended;

  ArrowIterator(
      PartitionedFile part, StructType columns, StructType partition, Configuration conf) {
    this.part = part;
    this.columns = columns;
    this.partition = partition;
    this.conf = conf;
  }

  /** Reads the next batch: Spark names the file to failures here, and not in {@link #next}. */
  @Override
  public boolean hasNext() {
    if (fetched || ended) {
      return fetched;
    }
    try {
      if (batches.isEmpty()) {
        open();
      }
      fetched = batches.get().next();
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
    return batches.get().batch();
  }

  private void open() throws IOException {
    ArrowFile file = ArrowFile.open(part.toPath(), conf);
    // Rows need nothing of Arrow's, whose memory takes flags that a JVM may lack.
    pool = ArrowMemory.obstacle().isEmpty() ? Optional.of(new PagePool()) : Optional.empty();
    ArrowBatches.Request request =
        new ArrowBatches.Request(
            List.of(columns.fields()),
            part.start(),
            part.start() + part.length(),
            Optional.of(ParquetFileFormat.ROW_INDEX_TEMPORARY_COLUMN_NAME()),
            PartitionColumns.of(part, partition, BatchRows.MOST));
    PageMemory memory = pool.isPresent() ? pool.get() : new HeapMemory();
    try {
      batches = Optional.of(new ArrowBatches(file, part.toPath().toString(), request, memory));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    ended = true;
    fetched = false;
    Optional<PagePool> lent = pool;
    pool = Optional.empty();
    try {
      if (batches.isPresent()) {
        batches.get().close();
      }
    } finally {
      lent.ifPresent(PagePool::close);
    }
  }
}
