package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.scan.PageScan;
import dev.sigmax.columnar.scan.SparkScan;
import dev.sigmax.parquet.vector.BatchRows;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.spark.IdentifiedParquetFormat;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/**
 * Spark's Parquet with batches of its own number of rows, whatever the session's setting, and read
 * by our page reader where that serves.
 */
final class TunedParquetFormat extends IdentifiedParquetFormat {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(TunedParquetFormat.class);

  private final int batchRows;

  TunedParquetFormat(int batchRows, FieldIds ids) {
    super(ids);
    this.batchRows = batchRows;
  }

  /**
   * Replaces a method that Spark has from 4.1 on. Spark 4.0 does not ask, and reads batches of the
   * session's size: the same values.
   */
  @SuppressWarnings("MissingOverride")
  public SQLConf getSqlConf(SparkSession session) {
    SQLConf conf =
        ((org.apache.spark.sql.classic.SparkSession) session).sessionState().conf().clone();
    conf.setConfString(BatchRows.SETTING, Integer.toString(batchRows));
    return conf;
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
    Function1<PartitionedFile, Iterator<InternalRow>> spark =
        super.buildReaderWithPartitionValues(
            session, dataSchema, partitionSchema, requiredSchema, filters, options, hadoop);
    SQLConf conf = getSqlConf(session);
    boolean alone = PageReaderChoice.of(conf) == PageReaderChoice.ONLY_OWN;
    if (!options.get(FileFormat.OPTION_RETURNING_BATCH()).contains("true")) {
      return served(spark, "it is asked for rows", alone);
    }
    Optional<String> obstacle = obstacle(conf, requiredSchema, filters.nonEmpty());
    if (filters.nonEmpty()) {
      return served(spark, obstacle.orElseThrow(), alone);
    }
    Broadcast<SerializableConfiguration> told =
        session
            .sparkContext()
            .broadcast(
                new SerializableConfiguration(hadoop),
                ClassTag$.MODULE$.apply(SerializableConfiguration.class));
    SparkScan placed = new SparkScan(spark, told);
    if (obstacle.isPresent()) {
      return served(placed, obstacle.get(), alone);
    }
    PageScan.Request request =
        new PageScan.Request(
            requiredSchema,
            ids(),
            partitionSchema,
            batchRows,
            conf.caseSensitiveAnalysis(),
            alone,
            new ParquetOptions(options, conf).datetimeRebaseModeInRead());
    return new PageScan(placed, request, told);
  }

  private static Function1<PartitionedFile, Iterator<InternalRow>> served(
      Function1<PartitionedFile, Iterator<InternalRow>> bySpark, String obstacle, boolean alone) {
    if (alone) {
      throw new IllegalStateException("no reader can read the input in batches: " + obstacle);
    }
    LOG.info("Spark's reader reads the input because {}.", obstacle);
    return bySpark;
  }

  /** Why Spark's reader reads all files of a scan; empty where ours reads those that it serves. */
  static Optional<String> obstacle(SQLConf conf, StructType columns, boolean filtered) {
    PageReaderChoice choice = PageReaderChoice.of(conf);
    if (!choice.own()) {
      return Optional.of(PageReaderChoice.SETTING + " is " + choice);
    }
    if (filtered) {
      return Optional.of("filters may leave pages out");
    }
    if (conf.parquetFieldIdReadEnabled()) {
      return Optional.of("columns may be found by their field ids");
    }
    return columns.getFieldIndex(ParquetFileFormat.ROW_INDEX_TEMPORARY_COLUMN_NAME()).isDefined()
        ? Optional.of("the place of each row is asked for")
        : Optional.empty();
  }

  // Spark compares plans by their formats; one fitted otherwise is another.
  @Override
  public boolean equals(Object other) {
    return other instanceof TunedParquetFormat fitted
        && fitted.batchRows == batchRows
        && fitted.ids().equals(ids());
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + batchRows;
  }
}
