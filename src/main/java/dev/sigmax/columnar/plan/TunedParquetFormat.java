package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.exec.PageScan;
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
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/**
 * Spark's Parquet with batches of its own number of rows, whatever the session's setting, and read
 * by our page reader where that serves.
 */
final class TunedParquetFormat extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(TunedParquetFormat.class);

  private final int batchRows;

  TunedParquetFormat(int batchRows) {
    this.batchRows = batchRows;
  }

  @Override
  public SQLConf getSqlConf(SparkSession session) {
    SQLConf conf = super.getSqlConf(session).clone();
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
    Option<String> batches = options.get(FileFormat.OPTION_RETURNING_BATCH());
    PageReaderChoice choice = choice(conf);
    String obstacle = obstacle(choice, conf, requiredSchema, filters, batches);
    if (obstacle != null) {
      if (choice == PageReaderChoice.ONLY_OWN) {
        throw new IllegalStateException("no reader can read the input in batches: " + obstacle);
      }
      LOG.info("Spark's reader reads the input: {}.", obstacle);
      return spark;
    }
    Broadcast<SerializableConfiguration> told =
        session
            .sparkContext()
            .broadcast(
                new SerializableConfiguration(hadoop),
                ClassTag$.MODULE$.apply(SerializableConfiguration.class));
    PageScan.Request request =
        new PageScan.Request(
            requiredSchema,
            partitionSchema,
            batchRows,
            conf.caseSensitiveAnalysis(),
            choice == PageReaderChoice.ONLY_OWN,
            new ParquetOptions(options, conf).datetimeRebaseModeInRead());
    return new PageScan(spark, request, told);
  }

  private static PageReaderChoice choice(SQLConf conf) {
    return PageReaderChoice.of(
        conf.getConfString(PageReaderChoice.SETTING, PageReaderChoice.OWN.toString()));
  }

  private static String obstacle(
      PageReaderChoice choice,
      SQLConf conf,
      StructType columns,
      Seq<Filter> filters,
      Option<String> batches) {
    if (!choice.own()) {
      return PageReaderChoice.SETTING + " is " + choice;
    }
    if (filters.nonEmpty()) {
      return "there are filters that may leave pages out";
    }
    if (!batches.contains("true")) {
      return "it is asked for rows";
    }
    if (conf.parquetFieldIdReadEnabled()) {
      return "columns may be found by their field ids";
    }
    return columns.getFieldIndex(ParquetFileFormat.ROW_INDEX_TEMPORARY_COLUMN_NAME()).isDefined()
        ? "the place of each row is asked for"
        : null;
  }

  // Spark compares plans by their formats; one fitted otherwise is another.
  @Override
  public boolean equals(Object other) {
    return other instanceof TunedParquetFormat fitted && fitted.batchRows == batchRows;
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(batchRows);
  }
}
