package dev.sigmax.function;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.columnar.plan.ColumnarScoringRule;
import dev.sigmax.testing.SparkTest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.debug.package$;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two mentions of a call are the same call, wherever Spark asks. */
class FunctionsInQueriesTest extends SparkTest {
  private final SparkSession session = spark().newSession();

  @BeforeEach
  void table() {
    session.conf().set("spark.sql.shuffle.partitions", "1");
    session.conf().set("spark.sql.adaptive.enabled", "false");
    EachCall.table(session, folder);
  }

  @TestFactory
  Stream<DynamicTest> groupsByEachCall() {
    return each(
        call -> {
          List<Row> groups =
              rows("SELECT {} AS p, count(*) AS n FROM logits GROUP BY {} ORDER BY n", call);
          assertEquals(List.of(1L, 1L, 2L), groups.stream().map(row -> row.getLong(1)).toList());
        });
  }

  @TestFactory
  Stream<DynamicTest> filtersGroupsByEachCall() {
    return each(
        call ->
            assertEquals(
                1,
                rows(
                        "SELECT count(*) FROM logits GROUP BY {} HAVING count(*) > 1 AND {} IS NOT"
                            + " NULL",
                        call)
                    .size()));
  }

  @TestFactory
  Stream<DynamicTest> sortsGroupsByEachCall() {
    return each(
        call -> assertEquals(3, rows("SELECT {} FROM logits GROUP BY 1 ORDER BY {}", call).size()));
  }

  @TestFactory
  Stream<DynamicTest> rollsUpEachCall() {
    return each(
        call ->
            assertEquals(
                3 + 1, rows("SELECT {}, count(*) FROM logits GROUP BY ROLLUP({})", call).size()));
  }

  @TestFactory
  Stream<DynamicTest> groupsDataFramesByEachCall() {
    return each(
        call -> {
          Dataset<Row> groups =
              session.table("logits").groupBy(expr(call)).count().orderBy(expr(call));
          assertEquals(3, groups.collectAsList().size());
        });
  }

  @TestFactory
  Stream<DynamicTest> recognisesACachedQueryOfEachCall() {
    return each(
        call -> {
          String query = "SELECT id, %s AS p FROM logits".formatted(call);
          Dataset<Row> cached = session.sql(query).cache();
          try {
            String plan = session.sql(query).queryExecution().executedPlan().toString();
            assertTrue(plan.contains("InMemoryTableScan"), plan);
          } finally {
            cached.unpersist(true);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> computesEachCallOnceARow() {
    return each(
        call -> {
          Dataset<Row> twice =
              session.sql(
                  "SELECT struct(%s AS a) AS x, struct(%s AS b) AS y FROM logits"
                      .formatted(call, call));
          assertEquals(1, callsInCode(twice));
        });
  }

  @Test
  void computesASoftmaxOnceForAllItsElements() {
    Dataset<Row> elements =
        session.sql("SELECT softmax(fs)[0] AS a, softmax(fs)[1] AS b FROM logits");
    assertEquals(1, callsInCode(elements));
  }

  @TestFactory
  Stream<DynamicTest> findsEachCallAgainInASelfJoin() {
    return each(
        call -> {
          String table = "(SELECT id, %s AS p FROM logits)".formatted(call);
          assertEquals(
              4 + 2,
              rows("SELECT * FROM {} a JOIN {} b ON a.p = b.p", table).size(),
              "each row with itself, and two with each other");
          assertEquals(
              2,
              rows(
                      "SELECT * FROM logits a WHERE EXISTS (SELECT 1 FROM (SELECT id, {} AS p FROM"
                          + " logits) b WHERE b.id <> a.id AND b.p = {})",
                      call)
                  .size());
        });
  }

  @Test
  void groupsByAVectorsSoftmaxElement() {
    Dataset<Row> counts =
        session.table("logits").groupBy(call_function("softmax", col("v")).cast("string")).count();
    assertEquals(3, counts.collectAsList().size());
  }

  @Test
  void aCallByTheCatalogIsTheCallByTheExtension() {
    assertEquals(
        3, rows("SELECT softmax(fs), count(*) FROM logits GROUP BY sigmax.softmax(fs)", "").size());
  }

  /** Unnamed, by name, by both doors, and over one another: all of it is read as scores. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "id, softmax(fs)",
        "id, sigmax.softmax(fs, temperature => 2)",
        "softmax(temperature => 2.5, logits => array(d, id))[0] AS a,"
            + " sigmax.softmax(array(d, id), 2.5)[1] AS b",
        "sigmoid(f) AS a, sigmax.sigmoid(f) AS b, sigmoid(d)",
      })
  void writesOfCallsAreColumnarAndEqualThoseByRows(String expressions) {
    Dataset<Row> scores = session.sql("SELECT " + expressions + " FROM logits");
    assertEquals(Optional.empty(), ColumnarScoringRule.obstacle(scores));
    scores.write().parquet(path("by-batches"));
    Dataset<Row> written = session.read().parquet(path("by-batches"));
    assertEquals(List.of(scores.columns()), List.of(written.columns()));
    assertDatasetEquals(scores.to(written.schema()), written);
  }

  /** How often the code that Spark generates for a query calls one of our functions. */
  private static int callsInCode(Dataset<Row> query) {
    String code = package$.MODULE$.codegenString(query.queryExecution().executedPlan());
    return code.substring(code.indexOf("Generated code:")).split("\\.invoke\\(", -1).length - 1;
  }

  /** The rows of a query in which {} stands for {@code call}. */
  private List<Row> rows(String query, String call) {
    return session.sql(query.replace("{}", call)).collectAsList();
  }

  private static Stream<DynamicTest> each(Consumer<String> claim) {
    return EachCall.all().map(call -> DynamicTest.dynamicTest(call, () -> claim.accept(call)));
  }
}
