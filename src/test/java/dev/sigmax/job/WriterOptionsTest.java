package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Options of parquet-java's writer: the columnar one serves them, or leaves the write to rows. None
 * is dropped in silence.
 */
class WriterOptionsTest extends JobTest {
  @BeforeEach
  void someRows() {
    input(
        "a.parquet",
        "SELECT 'user ' || i AS name, (i % 11)::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM"
            + " range(40000) t(i)");
  }

  private Path written(SparkSession session, Map<String, String> options) {
    Path output = folder.resolve("written");
    session
        .read()
        .parquet(in().toString())
        .selectExpr("name", "sigmoid(logit_a) AS p")
        .write()
        .options(options)
        .parquet(output.toString());
    return output;
  }

  private static boolean columnar(Path output) {
    return !DuckDb.rows(
            "SELECT value FROM parquet_kv_metadata('"
                + output
                + "/*.parquet') WHERE key = 'sigmax.engine'")
        .isEmpty();
  }

  private static Object footer(Path output, String columns) {
    return DuckDb.rows(
        "SELECT DISTINCT "
            + columns
            + " FROM parquet_metadata('"
            + output
            + "/*.parquet') WHERE path_in_schema = 'name'");
  }

  @Test
  void bloomFilterOfOneColumnIsWrittenWhereTheWriteAsks() {
    Path asked = written(spark(), Map.of("parquet.bloom.filter.enabled#name", "true"));
    assertEquals(List.of(List.of(true)), footer(asked, "bloom_filter_offset IS NOT NULL"));
  }

  @Test
  void bloomFilterOfOneColumnIsWrittenWhereTheSessionAsks() {
    SparkSession session = spark().newSession();
    session.conf().set("parquet.bloom.filter.expected.ndv#name", "2000");
    Path asked = written(session, Map.of());
    assertEquals(List.of(List.of(true)), footer(asked, "bloom_filter_offset IS NOT NULL"));
  }

  @ParameterizedTest
  @CsvSource({
    "parquet.bloom.filter.enabled, true",
    "parquet.bloom.filter.enabled#name, TRUE",
    "parquet.bloom.filter.expected.ndv#p, 100",
    "parquet.column.statistics.enabled, false",
    "parquet.column.statistics.enabled#name, false",
    "parquet.size.statistics.enabled, true",
    "parquet.writer.version, v2",
    "parquet.validation, true",
    "parquet.of.a.later.version, 1",
    "parquet.of.a.later.version#name, 1",
  })
  void optionsThatTheColumnarWriterDoesNotServeLeaveTheWriteToRowsAndAreNamed(
      String name, String value) {
    assertEquals(false, columnar(written(spark(), Map.of(name, value))));
    Configuration hadoop = spark().sparkContext().hadoopConfiguration();
    hadoop.set(name, value);
    try {
      assertPublished(score("multiclass"));
      assertEngine("row");
      String why = manifest().at("/engine/why").asText();
      assertTrue(why.contains(name), why);
      assertRefusedUnlessByRows(name);
    } finally {
      hadoop.unset(name);
    }
  }

  private void assertRefusedUnlessByRows(String name) {
    Program refused = scoreFrom(in().toString(), "multiclass", "--engine", "columnar", "--replace");
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains(name), refused.err());
  }

  @ParameterizedTest
  @CsvSource({
    "parquet.bloom.filter.enabled, false",
    "parquet.bloom.filter.enabled#name, false",
    "parquet.bloom.filter.fpp, 0.1",
    "parquet.column.statistics.enabled#name, true",
    "parquet.writer.version, v1",
    "parquet.compression.codec.zstd.level, 7",
    "parquet.encryption.kms.client.class, a.Client",
    "parquet.filter.dictionary.enabled, false",
    "parquet.avro.schema, x",
    "parquet.page.size, 20000",
  })
  void optionsWithoutABearingOrServedStayColumnar(String name, String value) {
    assertTrue(columnar(written(spark(), Map.of(name, value))));
  }

  @Test
  void anEncryptedWriteIsLeftToRows() {
    SparkSession session = spark().newSession();
    session
        .conf()
        .set(
            "parquet.crypto.factory.class",
            "org.apache.parquet.crypto.keytools.PropertiesDrivenCryptoFactory");
    // The factory encrypts nothing without keys; which columns have some is its own affair.
    assertEquals(false, columnar(written(session, Map.of())));
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 300, 5000})
  void rowLimitsOfPagesAndRowGroupsHold(int rows) {
    Path output =
        written(
            spark(),
            Map.of(
                "parquet.page.row.count.limit",
                "100",
                "parquet.block.row.count.limit",
                Integer.toString(rows)));
    assertTrue(columnar(output));
    assertEquals(
        (long) rows,
        DuckDb.value(
            "SELECT max(row_group_num_rows) FROM parquet_metadata('" + output + "/*.parquet')"));
    assertEquals(40_000L, DuckDb.value("SELECT count(*) FROM '" + output + "/*.parquet'"));
  }

  @Test
  void longStatisticsAreCutAsTold() {
    input(
        "a.parquet",
        "SELECT repeat('x', 100) || i AS name, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM"
            + " range(100) t(i)");
    Path output = written(spark(), Map.of("parquet.statistics.truncate.length", "10"));
    assertTrue(columnar(output));
    assertEquals(List.of(List.of("xxxxxxxxxx")), footer(output, "stats_min_value"));
  }
}
