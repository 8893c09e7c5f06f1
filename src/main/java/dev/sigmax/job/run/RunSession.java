package dev.sigmax.job.run;

import dev.sigmax.columnar.plan.BatchRows;
import dev.sigmax.function.ScoreCatalog;
import dev.sigmax.input.InputFile;
import dev.sigmax.input.InputTable;
import dev.sigmax.parquet.footer.RowSize;
import dev.sigmax.spark.SessionSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/**
 * The Spark session of one job: settings that would break a promise are forced, whatever the
 * cluster's defaults say, and nobody else's session changes.
 */
public final class RunSession {
  private static final Map<String, String> FORCED =
      Map.ofEntries(
          Map.entry("spark.sql.catalog.sigmax", ScoreCatalog.class.getName()),
          Map.entry("spark.sql.caseSensitive", "true"),
          Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
          Map.entry("spark.sql.files.maxRecordsPerFile", "0"),
          Map.entry("spark.sql.parquet.mergeSchema", "false"),
          Map.entry("spark.sql.parquet.binaryAsString", "false"),
          Map.entry("spark.sql.parquet.int96AsTimestamp", "true"),
          Map.entry("spark.sql.parquet.int96TimestampConversion", "false"),
          Map.entry("spark.sql.parquet.inferTimestampNTZ.enabled", "true"),
          Map.entry("spark.sql.legacy.parquet.nanosAsLong", "false"),
          Map.entry("spark.sql.timeType.enabled", "true"),
          Map.entry("spark.sql.parquet.fieldId.read.enabled", "false"),
          Map.entry("spark.sql.parquet.enableNestedColumnVectorizedReader", "true"),
          Map.entry("spark.sql.parquet.writeLegacyFormat", "false"),
          Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED"),
          Map.entry("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED"),
          Map.entry("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED"),
          Map.entry(
              "spark.sql.sources.commitProtocolClass",
              "org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol"),
          Map.entry(
              "spark.sql.parquet.output.committer.class",
              "org.apache.parquet.hadoop.ParquetOutputCommitter"),
          Map.entry("spark.sql.sources.partitionOverwriteMode", "STATIC"),
          Map.entry("spark.sql.optimizer.plannedWrite.enabled", "true"),
          // It would copy the score into the filter on its issue, and so score each row twice.
          Map.entry(
              "spark.sql.optimizer.excludedRules",
              "org.apache.spark.sql.catalyst.optimizer.PushDownPredicates,"
                  + "org.apache.spark.sql.catalyst.optimizer.PushPredicateThroughNonJoin"));

  private static final String VECTORIZED = "spark.sql.parquet.enableVectorizedReader";
  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
  private static final String CODE_GENERATION = "spark.sql.codegen.factoryMode";
  private static final String GENERATED_FIELDS = "spark.sql.codegen.maxFields";
  private static final String OUTPUT_COMMITTER = "spark.sql.sources.outputCommitterClass";

  private RunSession() {}

  /** A session of its own on the same Spark. */
  public static SparkSession open(SparkSession spark) {
    SparkSession session = spark.newSession();
    FORCED.forEach((key, value) -> session.conf().set(key, value));
    session.conf().unset(OUTPUT_COMMITTER);
    return session;
  }

  /**
   * Does work with a session as the thread's active one, which plans of Spark take for their own.
   */
  public static <T> T active(SparkSession session, FailureExplainer.Work<T> work)
      throws IOException {
    Option<SparkSession> before = SparkSession.getActiveSession();
    SparkSession.setActiveSession(session);
    try {
      return work.run();
    } finally {
      if (before.isDefined()) {
        SparkSession.setActiveSession(before.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }

  /** Fits the reader to what the preflight found, for a look at a few rows. */
  public static void fitReader(SparkSession session, InputTable table) {
    session.conf().set(VECTORIZED, Boolean.toString(table.rowReader() == null));
    session.conf().set(BatchRows.SETTING, Integer.toString(BatchRows.FEWEST));
    // Generated code takes longer to compile than a few rows take without it.
    session.conf().set(WHOLE_STAGE, "false");
    session.conf().set(CODE_GENERATION, "NO_CODEGEN");
  }

  /** Lets Spark read any number of columns by batches: above this setting it turns to rows. */
  public static void widen(SparkSession session) {
    session.conf().set(GENERATED_FIELDS, Integer.toString(Integer.MAX_VALUE));
  }

  /** Spares Spark from generating code for more columns than it likes. */
  public static void narrow(SparkSession session) {
    session.conf().unset(GENERATED_FIELDS);
  }

  /** Fits the reader's batches to rows of so many logits, and of the size that they have. */
  public static void fitBatches(SparkSession session, InputTable table, int classes) {
    int rows = BatchRows.of(classes, bytesInARow(session, table));
    session.conf().set(BatchRows.SETTING, Integer.toString(rows));
    session.conf().unset(WHOLE_STAGE);
    session.conf().unset(CODE_GENERATION);
  }

  /** Of the file with the largest rows; 0 where no column can be large. */
  private static long bytesInARow(SparkSession session, InputTable table) {
    boolean large =
        Arrays.stream(table.columns().fields())
            .map(StructField::dataType)
            .anyMatch(type -> !(type instanceof NumericType));
    List<InputFile> files = table.snapshot().files();
    Optional<Integer> largest =
        IntStream.range(0, files.size())
            .filter(i -> table.fileRows().get(i) > 0)
            .boxed()
            .max(
                Comparator.comparingDouble(
                    i -> (double) files.get(i).bytes() / table.fileRows().get(i)));
    if (!large || largest.isEmpty()) {
      return 0;
    }
    return RowSize.of(
            files.get(largest.get()).status().getPath(),
            SessionSettings.hadoop(session),
            Set.of(table.columns().fieldNames()),
            Set.of())
        .bytes();
  }
}
