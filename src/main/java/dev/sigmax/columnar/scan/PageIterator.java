package dev.sigmax.columnar.scan;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.read.FileColumns;
import dev.sigmax.parquet.read.PageBatches;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The batches of a part of a Parquet file, by our own page reader. */
final class PageIterator extends BatchIterator {
  private final HadoopInputFile file;
  private final FileColumns columns;
  private final PageScan.Request request;
  private final PartitionedFile part;
  private final boolean checked;
  private PagePool memory;
  private PageBatches batches;

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

  @Override
  boolean read() throws IOException {
    return batches.next();
  }

  @Override
  ColumnarBatch batch() {
    return batches.batch();
  }

  @Override
  void open() throws IOException {
    memory = new PagePool();
    List<ColumnVector> partition =
        PartitionColumns.of(part, request.partition(), request.batchRows());
    FileBytes bytes = FileBytes.open(file);
    try {
      batches =
          new PageBatches(
              bytes,
              part.toPath().toString(),
              columns,
              request.batchRows(),
              partition,
              memory,
              checked);
    } catch (RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  @Override
  void release() throws IOException {
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
