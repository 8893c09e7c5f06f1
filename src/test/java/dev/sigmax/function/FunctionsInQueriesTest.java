package dev.sigmax.function;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.SparkTest;
import java.util.List;
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

/** Two mentions of a call are the same call, wherever Spark asks. */
class FunctionsInQueriesTest extends SparkTest {
  private final SparkSession session = spark().newSession();

  @BeforeEach
  void table() {
    session.conf().set("spark.sql.shuffle.partitions", "1");
    session.conf().set("spark.sql.adaptive.enabled", "false");
    FunctionCalls.table(session, folder);
  }

  @TestFactory
  Stream<DynamicTest> groupsByEachCall() {
    return each(
        call -> {
          List<Row> groups =
              rows("SELECT %s AS p, count(*) AS n FROM logits GROUP BY %s ORDER BY n", call, call);
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
                        "SELECT count(*) FROM logits GROUP BY %s HAVING count(*) > 1 AND %s IS NOT"
                            + " NULL",
                        call, call)
                    .size()));
  }

  @TestFactory
  Stream<DynamicTest> sortsGroupsByEachCall() {
    return each(
        call ->
            assertEquals(
                3, rows("SELECT %s FROM logits GROUP BY 1 ORDER BY %s", call, call).size()));
  }

  @TestFactory
  Stream<DynamicTest> rollsUpEachCall() {
    return each(
        call ->
            assertEquals(
                3 + 1,
                rows("SELECT %s, count(*) FROM logits GROUP BY ROLLUP(%s)", call, call).size()));
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
              rows("SELECT * FROM %s a JOIN %s b ON a.p = b.p", table, table).size(),
              "each row with itself, and two with each other");
          assertEquals(
              2,
              rows(
                      "SELECT * FROM logits a WHERE EXISTS (SELECT 1 FROM %s b WHERE b.id <> a.id"
                          + " AND b.p = %s)",
                      table, call)
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

  /** How often the code that Spark generates for a query calls one of our functions. */
  private static int callsInCode(Dataset<Row> query) {
    String code = package$.MODULE$.codegenString(query.queryExecution().executedPlan());
    return code.substring(code.indexOf("Generated code:")).split("\\.invoke\\(", -1).length - 1;
  }

  private List<Row> rows(String query, Object... calls) {
    return session.sql(query.formatted(calls)).collectAsList();
  }

  private static Stream<DynamicTest> each(Consumer<String> claim) {
    return FunctionCalls.all().map(call -> DynamicTest.dynamicTest(call, () -> claim.accept(call)));
  }
}
