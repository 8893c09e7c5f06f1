package dev.sigmax.job.run;

import dev.sigmax.columnar.plan.ApartScanStrategy;
import dev.sigmax.columnar.plan.PageReaderChoice;
import dev.sigmax.columnar.scan.ColumnarSetting;
import dev.sigmax.function.score.ScoreCatalog;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.Engine;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.parquet.footer.RowSize;
import dev.sigmax.parquet.vector.BatchRows;
import dev.sigmax.spark.SessionSettings;
import dev.sigmax.spark.SparkSchema;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * The Spark sessions of one run: settings that would break a promise are forced, whatever the
 * cluster's defaults say. Each is opened for one purpose and does not change; nobody else's does.
 */
public final class RunSession {
  /** Beside {@link SparkSchema#SETTINGS}. */
  private static final Map<String, String> FORCED =
      Map.ofEntries(
          Map.entry("spark.sql.catalog.sigmax", ScoreCatalog.class.getName()),
          Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
          Map.entry("spark.sql.files.maxRecordsPerFile", "0"),
          Map.entry("spark.sql.parquet.mergeSchema", "false"),
          // The other reader of files does not tell where in its file a row stands.
          Map.entry("spark.sql.sources.useV1SourceList", "parquet"),
          Map.entry("spark.sql.parquet.int96TimestampConversion", "false"),
          Map.entry("spark.sql.timeType.enabled", "true"),
          // Moments as such: by Java's old types they would be told in the zone of the machine.
          Map.entry("spark.sql.datetime.java8API.enabled", "true"),
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
  private static final String GENERATED_FIELDS = "spark.sql.codegen.maxFields";
  private static final String OUTPUT_COMMITTER = "spark.sql.sources.outputCommitterClass";

  private RunSession() {}

  /** A session of its own on the same Spark. */
  public static SparkSession open(SparkSession spark) {
    return open(spark, Map.of());
  }

  /** A session that reads a table as the preflight found that it has to be read. */
  public static SparkSession forReading(SparkSession spark, InputTable table) {
    return open(spark, reading(table));
  }

  /**
   * A session that scores a table and writes the scores by a path.
   *
   * @param commit how an output is committed, where that is not by renames
   */
  public static SparkSession forScoring(
      SparkSession spark, ScoringPlan plan, Engine path, Map<String, String> commit) {
    Map<String, String> settings = new HashMap<>(reading(plan.table()));
    int rows =
        BatchRows.of(
            plan.rule().rowLength(), bytesInARow(SessionSettings.hadoop(spark), plan.table()));
    settings.put(BatchRows.SETTING, Integer.toString(rows));
    settings.put(ColumnarSetting.ENABLED, Boolean.toString(path == Engine.COLUMNAR));
    if (path == Engine.COLUMNAR) {
      // Above this setting Spark turns to rows; below it, it generates code for the columns of
      // rows.
      settings.put(GENERATED_FIELDS, Integer.toString(Integer.MAX_VALUE));
      if (plan.table().readers().ownAlone() && PageReaderChoice.of(spark.conf()).own()) {
        settings.put(VECTORIZED, "true");
        settings.put(PageReaderChoice.SETTING, PageReaderChoice.ONLY_OWN.toString());
      }
    }
    settings.putAll(commit);
    SparkSession session = open(spark, settings);
    if (path == Engine.ROW && !plan.table().sections().isNone()) {
      ApartScanStrategy.addTo(session);
    }
    return session;
  }

  private static Map<String, String> reading(InputTable table) {
    return Map.of(VECTORIZED, Boolean.toString(table.readers().notVectorized().isEmpty()));
  }

  private static SparkSession open(SparkSession spark, Map<String, String> settings) {
    SparkSession session = spark.newSession();
    SparkSchema.SETTINGS.forEach((key, value) -> session.conf().set(key, value));
    FORCED.forEach((key, value) -> session.conf().set(key, value));
    session.conf().unset(OUTPUT_COMMITTER);
    settings.forEach((key, value) -> session.conf().set(key, value));
    return session;
  }

  /** Of the file with the largest rows; 0 where no column can be large. */
  private static long bytesInARow(Configuration configuration, InputTable table) {
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
    // Arrow's batches are fitted to each record batch where it is read.
    if (!large || largest.isEmpty() || table.format() == Footer.Format.ARROW) {
      return 0;
    }
    return RowSize.of(
            files.get(largest.get()).status().getPath(),
            configuration,
            Set.of(table.columns().fieldNames()),
            Set.of(),
            table.lookup().ids())
        .bytes();
  }
}
