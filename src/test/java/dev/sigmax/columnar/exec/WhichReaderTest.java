package dev.sigmax.columnar.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.SparkTest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** Which reader read the rows of a plan, by its metrics; and that both give the same. */
class WhichReaderTest extends SparkTest {
  private static final int ROWS = 5000;

  /** The columnar scores of a plan that was run. */
  private static final class Listener implements QueryExecutionListener {
    final AtomicReference<SparkPlan> scores = new AtomicReference<>();
    final CountDownLatch seen = new CountDownLatch(1);

    private void find(SparkPlan plan) {
      if (plan instanceof ColumnarScoreExec found) {
        scores.set(found);
        seen.countDown();
      }
      CollectionConverters.asJava(plan.children()).forEach(this::find);
      CollectionConverters.asJava(plan.innerChildren()).stream()
          .filter(SparkPlan.class::isInstance)
          .map(SparkPlan.class::cast)
          .forEach(this::find);
    }

    @Override
    public void onSuccess(String name, QueryExecution execution, long nanoseconds) {
      find(execution.executedPlan());
    }

    @Override
    public void onFailure(String name, QueryExecution execution, Exception failure) {}
  }

  private String input(String name, String columns, String options) {
    DuckDb.write(
        "SELECT i AS id, 'x' || i AS text, " + columns + " FROM range(" + ROWS + ") t(i)",
        folder.resolve(name),
        options);
    return path(name);
  }

  /** Writes the scores of a file; the rows that our reader read. */
  private long ownRows(SparkSession session, Dataset<Row> scored, String output)
      throws InterruptedException {
    Listener listener = new Listener();
    session.listenerManager().register(listener);
    try {
      scored.write().mode("overwrite").parquet(path(output));
      assertTrue(listener.seen.await(60, TimeUnit.SECONDS), "no columnar scores were written");
    } finally {
      session.listenerManager().unregister(listener);
    }
    SQLMetric rows = listener.scores.get().metrics().get(ScoreMetrics.OWN_ROWS).get();
    return rows.value();
  }

  private static Dataset<Row> scored(SparkSession session, String input) {
    return session
        .read()
        .parquet(input)
        .selectExpr("id", "text", "softmax(array(logit_a, logit_b)) AS p");
  }

  private static final String FLOATS = "(i % 70)::FLOAT AS logit_a, (i / 9)::FLOAT AS logit_b";

  @Test
  void ourReaderReadsWhatItServes() throws InterruptedException {
    String file = input("a.parquet", FLOATS, "");
    assertEquals(ROWS, ownRows(spark(), scored(spark(), file), "own"));
  }

  @Test
  void sparksReaderReadsWhereItIsAskedForWithTheSameRows() throws InterruptedException {
    String file = input("a.parquet", FLOATS, "");
    assertEquals(ROWS, ownRows(spark(), scored(spark(), file), "own"));
    SparkSession other = spark().newSession();
    other.conf().set("spark.sigmax.columnar.reader", "spark");
    assertEquals(0, ownRows(other, scored(other, file), "spark"));
    assertSameRows("own", "spark");
  }

  @Test
  void sparksReaderReadsACodecThatOursDoesNot() throws InterruptedException {
    String own = input("own.parquet", FLOATS, "");
    Dataset<Row> rows = spark().read().parquet(own);
    rows.coalesce(1).write().option("compression", "lz4").parquet(path("hadoop"));
    assertEquals(0, ownRows(spark(), scored(spark(), path("hadoop")), "spark"));
    assertEquals(ROWS, ownRows(spark(), scored(spark(), own), "own"));
    assertSameRows("own", "spark");
  }

  @Test
  void partitionsAndFilesOfBothKindsAreOneTable() throws InterruptedException {
    String own = input("own.parquet", FLOATS, "");
    Dataset<Row> rows = spark().read().parquet(own);
    rows.coalesce(1).write().option("compression", "lz4").parquet(path("table/day=1"));
    rows.coalesce(1).write().option("compression", "zstd").parquet(path("table/day=2"));
    Dataset<Row> scored =
        spark()
            .read()
            .parquet(path("table"))
            .selectExpr("id", "day", "softmax(array(logit_a, logit_b)) AS p");
    assertEquals(ROWS, ownRows(spark(), scored, "out"));
    assertEquals(
        List.of(List.of(1, (long) ROWS), List.of(2, (long) ROWS)),
        DuckDb.rows(
            "SELECT day::INT, count(DISTINCT id) FROM '"
                + path("out")
                + "/*.parquet' GROUP BY 1 ORDER BY 1"));
  }

  private void assertSameRows(String one, String other) {
    String all = "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";
    assertEquals(DuckDb.rows(all.formatted(path(one))), DuckDb.rows(all.formatted(path(other))));
  }
}
