package dev.sigmax.columnar.scan;

import dev.sigmax.arrow.ArrowBatches;
import dev.sigmax.arrow.HeapMemory;
import dev.sigmax.parquet.bytes.PageMemory;
import dev.sigmax.parquet.vector.BatchRows;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The batches of a part of an Arrow file. */
final class ArrowIterator extends BatchIterator {
  private final PartitionedFile part;
  private final StructType columns;
  private final StructType partition;
  private final Configuration conf;
  private Optional<PagePool> pool = Optional.empty();
  private Optional<ArrowBatches> batches = Optional.empty();

  ArrowIterator(
      PartitionedFile part, StructType columns, StructType partition, Configuration conf) {
    this.part = part;
    this.columns = columns;
    this.partition = partition;
    this.conf = conf;
  }

  @Override
  boolean read() throws IOException {
    return batches.get().next();
  }

  @Override
  ColumnarBatch batch() {
    return batches.get().batch();
  }

  @Override
  void open() throws IOException {
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
    batches = Optional.of(ArrowBatches.open(part.toPath(), conf, request, memory));
  }

  @Override
  void release() throws IOException {
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
