package dev.sigmax.job;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SQLAppStatusStore;
import org.apache.spark.sql.execution.ui.SQLExecutionUIData;
import org.apache.spark.sql.execution.ui.SQLPlanMetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

/** The columnar path without the job: what a session with the extension writes. */
class ColumnarWritesTest extends JobTest {
  private static final String MANY_ROWS =
      "SELECT i AS id, (random() * 20 - 10)::FLOAT AS logit_a, (random() * 20 - 10)::FLOAT AS"
          + " logit_b, (random() * 20 - 10)::FLOAT AS logit_c FROM range(50000) t(i)";

  @Test
  void writesOfScoresInAnySessionWithTheExtensionAreColumnar() {
    Path file = input("a.parquet", MANY_ROWS);
    input("b.parquet", "SELECT [i::FLOAT, 1, 2] AS logits FROM range(9000) t(i)");
    Dataset<Row> columns = spark().read().parquet(file.toString());
    Dataset<Row> arrays = spark().read().parquet(in().resolve("b.parquet").toString());
    assertColumnar(
        columns.select(col("id"), call_function("sigmoid", col("logit_a")).as("p")), "sigmoid");
    assertColumnar(
        columns.selectExpr("softmax(array(logit_a, logit_b, logit_c)) AS p"), "softmax-columns");
    assertColumnar(arrays.select(call_function("softmax", col("logits")).as("p")), "softmax");
    assertColumnar(arrays.selectExpr("sigmoid(logits, 2D) AS p"), "sigmoid-array");
  }

  @Test
  void explainSaysWhichPathAWriteTakesAndWhy() {
    Path file = input("a.parquet", MANY_ROWS);
    spark().read().parquet(file.toString()).createOrReplaceTempView("explained");
    spark().sql("CREATE TABLE explained_scores (p FLOAT) USING parquet");
    String insert = "EXPLAIN INSERT INTO explained_scores SELECT ";
    String columnar =
        spark().sql(insert + "sigmoid(logit_a) AS p FROM explained").first().mkString();
    assertTrue(columnar.contains("SigmaxColumnarWrite"), columnar);
    assertFalse(columnar.contains("SigmaxByRows"), columnar);
    String rows =
        spark()
            .sql(insert + "sigmoid(logit_a) AS p FROM explained WHERE id > 7")
            .first()
            .mkString();
    assertTrue(
        rows.contains("SigmaxByRows because there is FilterExec between scores and scan")
            || rows.contains("SigmaxByRows because there is Filter between scores and scan"),
        rows);
    String others =
        spark().sql(insert + "CAST(id AS FLOAT) FROM explained WHERE id > 7").first().mkString();
    assertFalse(others.contains("Sigmax"), others);
    spark().sql("DROP TABLE explained_scores");
  }

  @Test
  void unevenTasksAreCutAnewAndLoseNoRow() throws IOException {
    Path file = in().resolve("a.parquet");
    input("a.parquet", MANY_ROWS, ", ROW_GROUP_SIZE 2048");
    SparkSession session = spark().newSession();
    // Three tasks of 2/5, 2/5 and 1/5: two cores would need 4/5 of the time of one.
    session
        .conf()
        .set("spark.sql.files.maxPartitionBytes", Long.toString(Files.size(file) * 2 / 5));
    session.conf().set("spark.sql.files.openCostInBytes", "1");
    Path output = folder.resolve("even");
    session
        .read()
        .parquet(file.toString())
        .selectExpr("id", "sigmoid(logit_a) AS p")
        .write()
        .parquet(output.toString());
    List<List<Object>> rows =
        DuckDb.rows(
            "SELECT count(*), min(id) FROM read_parquet('"
                + output
                + "/*.parquet', filename = true) GROUP BY filename ORDER BY filename");
    assertEquals(4, rows.size(), rows.toString());
    long total = 0;
    for (List<Object> row : rows) {
      assertEquals(total, row.get(1), "rows went out of order");
      long count = (Long) row.get(0);
      assertTrue(count > 9_000 && count < 16_000, rows.toString());
      total += count;
    }
    assertEquals(50_000, total);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.parquet", "my logits/50% off#1/ä+b.parquet", "day=1 2/a.parquet"})
  void batchesAreFittedToTheLengthOfArraysUnlessTheUserSetTheirRows(String name) {
    Path file =
        input(name, "SELECT [i::FLOAT for j in range(1000)] AS logits FROM range(900) t(i)");
    SparkSession session = spark().newSession();
    assertEquals("7", batchesOfAWrite(session, file, "fitted"), "900 rows by 131");
    session.conf().set("spark.sql.parquet.columnarReaderBatchSize", "300");
    assertEquals("3", batchesOfAWrite(session, file, "as-told"));
  }

  /** What Spark's user interface tells of the score node. */
  private String batchesOfAWrite(SparkSession session, Path file, String name) {
    session
        .read()
        .option("basePath", in().toString())
        .parquet(file.toString())
        .selectExpr("softmax(logits) AS p")
        .write()
        .parquet(folder.resolve(name).toString());
    try {
      // The store is told by a thread of its own.
      session.sparkContext().listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
    SQLAppStatusStore store = session.sharedState().statusStore();
    SQLExecutionUIData write = store.executionsList().last();
    for (SQLPlanMetric metric : CollectionConverters.asJava(write.metrics())) {
      if (metric.name().equals("number of output batches")) {
        return store.executionMetrics(write.executionId()).apply(metric.accumulatorId());
      }
    }
    throw new AssertionError("no score node in " + write.physicalPlanDescription());
  }

  private void assertColumnar(Dataset<Row> scores, String name) {
    String fast = folder.resolve(name).toString();
    String slow = folder.resolve(name + "-by-rows").toString();
    scores.write().parquet(fast);
    spark().conf().set("spark.sigmax.columnar.enabled", "false");
    try {
      scores.write().parquet(slow);
    } finally {
      spark().conf().unset("spark.sigmax.columnar.enabled");
    }
    String value =
        "SELECT value FROM parquet_kv_metadata('%s/*.parquet') WHERE key = 'sigmax.engine'";
    assertFalse(DuckDb.rows(value.formatted(fast)).isEmpty(), name + " was written by rows");
    assertTrue(DuckDb.rows(value.formatted(slow)).isEmpty(), name + " was not written by rows");
    String all = "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";
    assertEquals(DuckDb.rows(all.formatted(slow)), DuckDb.rows(all.formatted(fast)));
    assertEquals(
        spark().read().parquet(slow).schema(), spark().read().parquet(fast).schema(), name);
  }
}
