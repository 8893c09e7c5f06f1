package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster's defaults may say, and what then has to hold all the same. */
class HostileSettingsTest extends JobTest {
  private static final Map<String, String> SPARK =
      Map.ofEntries(
          Map.entry("spark.sql.files.ignoreCorruptFiles", "true"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "true"),
          Map.entry("spark.sql.parquet.mergeSchema", "true"),
          Map.entry("spark.sql.caseSensitive", "false"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", "LEGACY"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInWrite", "LEGACY"),
          Map.entry("spark.sql.parquet.outputTimestampType", "INT96"),
          Map.entry("spark.sql.parquet.writeLegacyFormat", "true"),
          Map.entry("spark.sql.files.maxRecordsPerFile", "7"),
          Map.entry("spark.sql.sources.partitionOverwriteMode", "DYNAMIC"),
          Map.entry("spark.sql.optimizer.plannedWrite.enabled", "false"),
          Map.entry("spark.sql.session.timeZone", "Asia/Kolkata"));

  /** Of how Spark plans, reads and computes: none may change a value, or be in the way. */
  private static final List<Map<String, String>> OF_A_SITE =
      List.of(
          Map.of(
              "spark.sql.ansi.enabled", "false",
              "spark.sql.adaptive.enabled", "false",
              "spark.sql.columnVector.offheap.enabled", "true",
              "spark.sql.parquet.columnarReaderBatchSize", "7",
              "spark.sql.files.maxPartitionBytes", "1000",
              "spark.sql.files.openCostInBytes", "0",
              "spark.sql.sources.useV1SourceList", "",
              "spark.sql.parquet.aggregatePushdown", "true",
              "spark.sql.parquet.fieldId.write.enabled", "false"),
          Map.of(
              "spark.sql.ansi.enabled", "true",
              "spark.sql.ansi.enforceReservedKeywords", "true",
              "spark.sql.ansi.doubleQuotedIdentifiers", "true",
              "spark.sql.adaptive.forceApply", "true",
              "spark.sql.timestampType", "TIMESTAMP_NTZ",
              "spark.sql.datetime.java8API.enabled", "true",
              "spark.sql.legacy.timeParserPolicy", "LEGACY",
              "spark.sql.parquet.recordLevelFilter.enabled", "true",
              "spark.sql.parquet.filterPushdown", "false",
              "spark.sql.leafNodeDefaultParallelism", "3"));

  private static final Map<String, String> HADOOP =
      Map.of(
          "mapreduce.fileoutputcommitter.cleanup.skipped",
          "true",
          "parquet.summary.metadata.level",
          "ALL",
          "mapreduce.fileoutputcommitter.algorithm.version",
          "2",
          "mapreduce.fileoutputcommitter.marksuccessfuljobs",
          "false",
          "parquet.page.verify-checksum.enabled",
          "false",
          "parquet.page.write-checksum.enabled",
          "false");
  private static final String TABLE =
      "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b, DATE '1500-03-01' +"
          + " i::INTEGER AS day, TIMESTAMPTZ '1500-03-01 00:00:00+00' + INTERVAL (i) HOUR AS moment"
          + " FROM range(500) t(i)";

  private static SparkConf sparkConf() {
    return spark().sparkContext().conf();
  }

  private static Configuration hadoop() {
    return spark().sparkContext().hadoopConfiguration();
  }

  private static void setAll() {
    // The tests' own session takes its defaults when it is first asked, and is to have none of
    // these.
    spark().conf().get("spark.sql.session.timeZone");
    SPARK.forEach((key, value) -> sparkConf().set(key, value));
    HADOOP.forEach((key, value) -> hadoop().set(key, value));
  }

  @AfterEach
  void unset() {
    SPARK.keySet().forEach(sparkConf()::remove);
    sparkConf().set("spark.sql.session.timeZone", "UTC");
    HADOOP.keySet().forEach(hadoop()::unset);
  }

  private List<List<Object>> published() {
    return DuckDb.rows("SELECT COLUMNS(*)::VARCHAR FROM " + output() + " ORDER BY ALL");
  }

  @Test
  void aRunGivesTheSameWhateverTheClustersDefaultsSay() throws IOException {
    input("a.parquet", TABLE);
    assertPublished(score("multiclass"));
    List<List<Object>> expected = published();
    List<List<Object>> types = DuckDb.rows("DESCRIBE SELECT * FROM " + output());
    setAll();
    Program again = score("multiclass", "--temperature", "1.0", "--run-id", "hostile", "--replace");
    assertPublished(again);
    assertEngine("columnar");
    assertEquals(expected, published());
    assertEquals(types, DuckDb.rows("DESCRIBE SELECT * FROM " + output()));
    try (var files = Files.list(out())) {
      assertEquals(
          Set.of("_SUCCESS", "_sigmax", "part"),
          files
              .map(f -> f.getFileName().toString().replaceAll("^part-.*", "part"))
              .collect(Collectors.toSet()));
    }
    assertEquals(
        expected.stream().map(row -> row.get(1)).toList(),
        DuckDb.rows("SELECT day::VARCHAR, id FROM (" + TABLE + ") ORDER BY id::VARCHAR").stream()
            .map(row -> row.get(0))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void howASiteHasSparkPlanAndReadChangesNoValue(int site) throws IOException {
    input("a.parquet", TABLE);
    input("b.parquet", TABLE + " WHERE i < 3");
    String[] quarantine = {"--on-bad-row", "quarantine", "--max-bad-rows", "50%"};
    input(
        "c.parquet",
        "SELECT id, CASE WHEN id % 9 = 0 THEN 'nan'::FLOAT ELSE logit_a END AS logit_a, logit_b,"
            + " day, moment FROM ("
            + TABLE
            + ")");
    assertPublished(score("multiclass", quarantine));
    List<List<Object>> expected = published();
    List<List<Object>> bad = quarantined();
    Map<String, String> settings = OF_A_SITE.get(site);
    // The tests' own session takes its defaults when it is first asked.
    spark().conf().get("spark.sql.session.timeZone");
    settings.forEach((key, value) -> sparkConf().set(key, value));
    try {
      assertPublished(
          score("multiclass", "--on-bad-row", "null", "--max-bad-rows", "50%", "--replace"));
      assertEngine("columnar");
      assertEquals(
          expected,
          DuckDb.rows(
              "SELECT COLUMNS(*)::VARCHAR FROM "
                  + output()
                  + " WHERE row_issue IS NULL ORDER BY ALL"));
      assertPublished(
          score(
              "multiclass",
              "--on-bad-row",
              "quarantine",
              "--max-bad-rows",
              "50%",
              "--run-id",
              "again",
              "--replace"));
      assertEquals(expected, published());
      assertEquals(bad, quarantined());
      assertEquals(0, Program.run("verify", out().toString()).code());
      Files.delete(in().resolve("b.parquet"));
      Program measured =
          Program.run("evaluate", out().toString(), "--label", "id", "--json", "--weight", "id");
      assertTrue(measured.err().contains("LABEL_UNKNOWN"), measured.err());
    } finally {
      settings.keySet().forEach(sparkConf()::remove);
    }
  }

  private List<List<Object>> quarantined() {
    return DuckDb.rows(
        "SELECT COLUMNS(*)::VARCHAR FROM '" + out() + "/_quarantine/*.parquet' ORDER BY ALL");
  }

  @Test
  void aDamagedPageIsStillRefused() throws IOException {
    Path made = folder.resolve("made");
    spark()
        .range(0, 1000, 1, 1)
        .selectExpr("CAST(id AS FLOAT) AS logit_a", "CAST(-id AS FLOAT) AS logit_b")
        .write()
        .parquet(made.toString());
    Files.createDirectories(in());
    try (var parts = Files.list(made)) {
      Path part = parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(part);
      bytes[bytes.length / 3] ^= 1;
      Files.write(in().resolve("a.parquet"), bytes);
    }
    setAll();
    assertRefused(3, score("multiclass"), "a.parquet");
  }

  @Test
  void filesThatDisagreeAreStillRefused() {
    input("a.parquet", "SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    input("b.parquet", "SELECT 1::FLOAT AS logit_a");
    setAll();
    assertRefused(3, score("multiclass"), "logit_b", "b.parquet");
  }
}
