package dev.sigmax;

import static dev.sigmax.Functions.argmax;
import static dev.sigmax.Functions.binary_cross_entropy;
import static dev.sigmax.Functions.cross_entropy;
import static dev.sigmax.Functions.log_sigmoid;
import static dev.sigmax.Functions.log_softmax;
import static dev.sigmax.Functions.logsumexp;
import static dev.sigmax.Functions.sigmoid;
import static dev.sigmax.Functions.softmax;
import static dev.sigmax.Functions.top_k;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.function.SigmaxCatalog;
import dev.sigmax.testing.Reference;
import dev.sigmax.testing.SparkTest;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import scala.Option;

/** Functions for DataFrames: what they give, in which sessions, and what they refuse. */
class FunctionsTest extends SparkTest {
  private static final Map<String, Column> EXPRESSIONS =
      Map.ofEntries(
          Map.entry("sigmoid(f)", sigmoid(col("f"))),
          Map.entry("sigmoid(fs)", sigmoid(col("fs"))),
          Map.entry("sigmoid(d, 2.0D)", sigmoid(col("d"), 2)),
          Map.entry("softmax(fs)", softmax(col("fs"))),
          Map.entry("softmax(ds, 2.5D)", softmax(col("ds"), 2.5)),
          Map.entry("softmax(array(f, c))", softmax(col("f"), col("c"))),
          Map.entry("softmax(array(d, f, c))", softmax(col("d"), col("f"), col("c"))),
          Map.entry("log_sigmoid(f)", log_sigmoid(col("f"))),
          Map.entry("log_softmax(ds)", log_softmax(col("ds"))),
          Map.entry("log_softmax(array(f, c))", log_softmax(col("f"), col("c"))),
          Map.entry("logsumexp(fs)", logsumexp(col("fs"))),
          Map.entry("logsumexp(array(d, f, c))", logsumexp(col("d"), col("f"), col("c"))),
          Map.entry("argmax(fs)", argmax(col("fs"))),
          Map.entry("argmax(array(f, c))", argmax(col("f"), col("c"))),
          Map.entry("cross_entropy(fs, c)", cross_entropy(col("fs"), col("c"))),
          Map.entry("binary_cross_entropy(d, 0.5D)", binary_cross_entropy(col("d"), lit(0.5))),
          Map.entry("top_k(fs, 2)", top_k(col("fs"), 2)),
          Map.entry(
              "top_k(ds, 2, array(s, s, s))",
              top_k(col("ds"), 2, array(col("s"), col("s"), col("s")))));

  private static Dataset<Row> rows(SparkSession session) {
    return session.sql(
        "SELECT id, CAST(id - 1.5 AS FLOAT) AS f, CAST(id * 0.75 - 2 AS DOUBLE) AS d,"
            + " CAST(id % 3 AS INT) AS c, array(1.5F, -CAST(id AS FLOAT), 0.25F) AS fs,"
            + " array(1.5D, -CAST(id AS DOUBLE), 0.25D) AS ds, 'text' AS s FROM range(6)");
  }

  /** One that nobody set up, nor Spark's service loader. */
  private static SparkSession bareSession() {
    return new org.apache.spark.sql.classic.SparkSession(
        spark().sparkContext(),
        Option.empty(),
        Option.empty(),
        new SparkSessionExtensions(),
        scala.collection.immutable.Map$.MODULE$.empty(),
        scala.collection.immutable.Map$.MODULE$.empty());
  }

  @TestFactory
  Stream<DynamicTest> eachIsTheFunctionOfSql() {
    return EXPRESSIONS.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () ->
                        assertDatasetEquals(
                            rows(spark()).selectExpr(each.getKey()),
                            rows(spark()).select(each.getValue().as(each.getKey())))));
  }

  @Test
  void thereIsOneOfEachFunctionOfTheCatalog() {
    Set<String> methods =
        Arrays.stream(Functions.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(SigmaxCatalog.functions().keySet()), methods);
  }

  @Test
  void floatsAreTheReferenceRoundedOnce() {
    for (Row row :
        rows(spark()).select(col("id"), softmax(col("fs")), sigmoid(col("f"))).collectAsList()) {
      double id = row.getLong(0);
      List<Float> expected =
          Arrays.stream(Reference.softmax(1.5, -id, 0.25)).map(Number::floatValue).toList();
      assertEquals(expected, row.getList(1));
      assertEquals(Reference.sigmoid(id - 1.5).floatValue(), row.getFloat(2));
    }
  }

  @Test
  void aSessionNeedsNoSetting() {
    SparkSession bare = bareSession();
    for (Column expression : EXPRESSIONS.values()) {
      assertEquals(
          rows(spark()).select(expression).collectAsList(),
          rows(bare).select(expression).collectAsList(),
          expression.toString());
    }
    assertEquals("softmax(fs)", rows(bare).select(softmax(col("fs"))).columns()[0]);
  }

  @Test
  void aSessionsOwnFunctionOfTheSameNameIsNotMeant() {
    SparkSession session = bareSession();
    session.udf().register("softmax", (UDF1<Object, Integer>) any -> -1, DataTypes.IntegerType);
    Dataset<Row> both =
        rows(session).select(softmax(col("fs")).as("ours")).selectExpr("ours", "softmax(ours)");
    assertEquals(-1, both.first().getInt(1));
    assertEquals(Reference.softmax(1.5, 0, 0.25)[0].floatValue(), both.first().getList(0).get(0));
  }

  @Test
  void aColumnWithoutAnAliasIsCalledAsTheCall() {
    assertEquals(
        List.of("softmax(fs, 2.0)", "argmax(f, c)"),
        List.of(rows(spark()).select(softmax(col("fs"), 2), argmax(col("f"), col("c"))).columns()));
  }

  @Test
  void wrongArgumentsAreAnalysisErrorsThatNameFunctionArgumentTypesAndCaller() {
    assertRefused(
        () -> softmax(col("s")),
        "softmax",
        "The first (`logits`) parameter requires the \"ARRAY<FLOAT>\", \"ARRAY<DOUBLE>\" (or of"
            + " another number) or \"VECTOR\" of Spark ML type, however \"s\" has the type"
            + " \"STRING\"");
    assertRefused(
        () -> softmax(col("f"), col("s")),
        "softmax",
        "Cannot resolve \"softmax(f, s)\"",
        "The second (`logit`) parameter requires the \"FLOAT\" or \"DOUBLE\" (or another number)"
            + " type, however \"s\" has the type \"STRING\"");
    assertRefused(
        () -> softmax(col("fs"), 0), "softmax", "temperature", "between 1e-300 and 1e300");
    assertRefused(() -> sigmoid(col("s"), 2), "sigmoid", "`logit`", "\"s\" has the type");
    assertRefused(
        () -> cross_entropy(col("fs"), col("f")),
        "cross_entropy",
        "The second (`label`) parameter requires the \"INT\" (or another whole number) type,"
            + " however \"f\" has the type \"FLOAT\"");
    assertRefused(
        () -> binary_cross_entropy(col("d"), col("s")), "binary_cross_entropy", "`label`");
    assertRefused(() -> argmax(col("f")), "argmax", "however \"f\" has the type \"FLOAT\"");
  }

  private interface Call {
    Column column();
  }

  private static void assertRefused(Call call, String function, String... words) {
    for (SparkSession session : List.of(spark(), bareSession())) {
      AnalysisException refusal =
          assertThrows(AnalysisException.class, () -> rows(session).select(call.column()));
      for (String word : words) {
        assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
      }
      assertEquals(function, refusal.getQueryContext()[0].fragment());
      String caller = refusal.getQueryContext()[0].callSite();
      assertTrue(caller.startsWith(FunctionsTest.class.getName()), caller);
    }
  }

  @Test
  void constantsFold() {
    Dataset<Row> constants =
        spark()
            .range(3)
            .select(
                softmax(array(lit(1F), lit(1F))).as("floats"),
                softmax(lit(0), lit(0)).as("doubles"),
                sigmoid(lit(0D)).as("half"),
                argmax(array(lit(1D), lit(3D))).as("class"));
    String plan = constants.queryExecution().optimizedPlan().toString();
    assertTrue(plan.contains("[0.5,0.5] AS floats"), plan);
    assertTrue(plan.contains("[0.5,0.5] AS doubles"), plan);
    assertTrue(plan.contains("0.5 AS half"), plan);
    assertTrue(plan.contains("1 AS class"), plan);
  }

  @Test
  void plansShowCallsAsTheyAreWritten() {
    rows(spark()).write().parquet(path("rows"));
    spark().read().parquet(path("rows")).createOrReplaceTempView("shown");
    for (String name : List.of("softmax", "sigmax.softmax")) {
      String plan =
          spark()
              .sql("SELECT " + name + "(fs, 2) AS p FROM shown WHERE sigmoid(d) > 0.5")
              .queryExecution()
              .executedPlan()
              .toString()
              .replaceAll("#\\d+", "");
      assertFalse(plan.contains("invoke"), plan);
      assertTrue(plan.contains("Project [softmax(fs, 2.0) AS p]"), plan);
      assertTrue(plan.contains("(sigmoid(d) > 0.5)"), plan);
    }
  }
}
