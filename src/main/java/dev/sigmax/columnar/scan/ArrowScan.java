package dev.sigmax.columnar.scan;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Reads the parts of Arrow files that Spark's scan asks for, in batches. */
public final class ArrowScan extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType columns;
  private final StructType partition;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * The parts of files.
   *
   * @param columns of the files, in order
   * @param partition behind them, one value a file
   */
  public ArrowScan(
      StructType columns, StructType partition, Broadcast<SerializableConfiguration> hadoop) {
    this.columns = columns;
    this.partition = partition;
    this.hadoop = hadoop;
  }

  // Spark's scan takes batches under the type of rows, and so its own readers give them.
  @SuppressWarnings("unchecked")
  @Override
  public Iterator<InternalRow> apply(PartitionedFile part) {
    Configuration conf = hadoop.value().value();
    return (Iterator<InternalRow>) (Iterator<?>) new ArrowIterator(part, columns, partition, conf);
  }
}
