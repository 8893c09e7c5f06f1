package dev.sigmax.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.List$;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;

/**
 * Spark's Parquet, whose columns are found in the files by field ids. The ids are told to Spark's
 * reader and to nobody else: in the columns of the relation they would go into every file that is
 * written of them.
 */
public class IdentifiedParquetFormat extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;
  private static final String BY_ID = "spark.sql.parquet.fieldId.read.enabled";

  private final FieldIds ids;

  /** A format that finds columns by these ids; by their names where there are none. */
  public IdentifiedParquetFormat(FieldIds ids) {
    this.ids = ids;
  }

  /** The ids that a format finds columns by. */
  public static FieldIds idsOf(FileFormat format) {
    return format instanceof IdentifiedParquetFormat identified ? identified.ids : FieldIds.NONE;
  }

  /** Those that this one does. */
  protected final FieldIds ids() {
    return ids;
  }

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReaderWithPartitionValues(
      SparkSession session,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      Map<String, String> options,
      Configuration hadoop) {
    if (ids.isNone()) {
      return super.buildReaderWithPartitionValues(
          session, dataSchema, partitionSchema, requiredSchema, filters, options, hadoop);
    }
    hadoop.setBoolean(BY_ID, true);
    // Filters look columns up by name, and would judge a page by the statistics of another column.
    return super.buildReaderWithPartitionValues(
        session,
        ids.on(dataSchema),
        partitionSchema,
        ids.on(requiredSchema),
        List$.MODULE$.empty(),
        options,
        hadoop);
  }

  // Spark compares plans by their formats.
  @Override
  public boolean equals(Object other) {
    return other instanceof IdentifiedParquetFormat identified && identified.ids.equals(ids);
  }

  @Override
  public int hashCode() {
    return ids.hashCode();
  }
}
