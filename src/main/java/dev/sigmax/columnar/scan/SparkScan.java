package dev.sigmax.columnar.scan;

import dev.sigmax.parquet.vector.FileBatch;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * Reads the files of a scan by Spark's reader, in batches that say where they stand in their file.
 * For scans without filters, which give all rows.
 */
public final class SparkScan extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>>
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SparkScan.class);

  private final Function1<PartitionedFile, Iterator<InternalRow>> spark;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * The files of a scan.
   *
   * @param spark reads a file in batches, and filters none of its rows
   */
  public SparkScan(
      Function1<PartitionedFile, Iterator<InternalRow>> spark,
      Broadcast<SerializableConfiguration> hadoop) {
    this.spark = spark;
    this.hadoop = hadoop;
  }

  // Spark's scan takes batches under the type of rows, and its reader gives them so.
  @Override
  @SuppressWarnings("unchecked")
  public Iterator<InternalRow> apply(PartitionedFile part) {
    long firstRow = firstRow(part);
    Iterator<ColumnarBatch> batches = (Iterator<ColumnarBatch>) (Iterator<?>) spark.apply(part);
    return (Iterator<InternalRow>)
        (Iterator<?>) new PlacedBatches(batches, part.toPath().toString(), firstRow);
  }

  private long firstRow(PartitionedFile part) {
    if (part.start() == 0) {
      return 0;
    }
    Configuration conf = hadoop.value().value();
    try {
      List<BlockMetaData> rowGroups =
          PageScan.footer(HadoopInputFile.fromPath(part.toPath(), conf), part, conf).getBlocks();
      long row = rowGroups.isEmpty() ? 0 : rowGroups.get(0).getRowIndexOffset();
      return row < 0 ? FileBatch.UNKNOWN : row;
    } catch (IOException | RuntimeException e) {
      // Spark's reader has its own words for a file that it cannot open either.
      LOG.info("The footer of {} does not tell where a row stands: {}.", part.toPath(), e);
      return FileBatch.UNKNOWN;
    }
  }
}
