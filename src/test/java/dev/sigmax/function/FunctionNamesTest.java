package dev.sigmax.function;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.SparkTest;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What unnamed columns are called, and what Spark says of the functions. */
class FunctionNamesTest extends SparkTest {
  private final SparkSession session = spark().newSession();

  @BeforeEach
  void table() {
    EachCall.table(session, folder);
  }

  private List<String> names(String expressions) {
    return List.of(session.sql("SELECT " + expressions + " FROM logits").columns());
  }

  @ParameterizedTest
  @MethodSource("dev.sigmax.function.EachCall#all")
  void anUnnamedColumnIsCalledAsTheCallIsWritten(String call) {
    String written = call.replace("sigmax.", "").replace("d * d + 1", "((d * d) + 1)");
    assertEquals(List.of(written), names(call));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "softmax(fs)[0]| softmax(fs)[0]",
        "sigmax.softmax(fs)[0] + 1| (softmax(fs)[0] + 1)",
        "softmax(fs, temperature => 2.0)| softmax(fs, 2.0)",
        "sigmax.softmax(fs, temperature => 2.0)| softmax(fs, 2.0)",
        "softmax(array(f, f))| softmax(array(f, f))",
        "sigmoid(CAST(d AS FLOAT))| sigmoid(CAST(d AS FLOAT))",
        "sigmoid(sigmax.log_sigmoid(d))| sigmoid(log_sigmoid(d))",
        "sigmax.sigmoid(log_sigmoid(d))| sigmoid(log_sigmoid(d))",
        "sigmax.sigmoid(sigmax.log_sigmoid(id))| sigmoid(log_sigmoid(id))",
        "max(sigmax.sigmoid(d))| max(sigmoid(d))",
        "sigmax.sigmoid(d) AS p| p",
      })
  void expressionsOfCallsAreCalledAsTheyAreWritten(String expression, String name) {
    assertEquals(List.of(name), names(expression));
  }

  @Test
  void dataFramesNameTheirColumnsAsSqlDoes() {
    Dataset<Row> rows = session.table("logits");
    assertEquals(
        List.of("softmax(fs)", "sigmoid(d, 2.0)"),
        List.of(
            rows.select(
                    call_function("softmax", col("fs")),
                    call_function("sigmoid", col("d"), lit(2.0)))
                .columns()));
    assertEquals(
        List.of("argmax(fs)", "count"),
        List.of(rows.groupBy(call_function("argmax", col("fs"))).count().columns()));
    assertEquals(
        List.of("softmax(fs)"),
        List.of(rows.select(call_function("sigmax.softmax", col("fs"))).columns()));
    assertEquals(
        List.of("argmax(fs)", "count"),
        List.of(rows.groupBy(call_function("sigmax.argmax", col("fs"))).count().columns()));
  }

  @Test
  void namesHoldInSubqueriesAndTheirStars() {
    assertEquals(
        List.of("softmax(fs)", "sigmoid(id)"),
        List.of(
            session
                .sql("SELECT * FROM (SELECT sigmax.softmax(fs), sigmax.sigmoid(id) FROM logits)")
                .columns()));
    assertEquals(
        4,
        session
            .sql("SELECT `softmax(fs)`[0] FROM (SELECT sigmax.softmax(fs) FROM logits)")
            .collectAsList()
            .size());
  }

  @Test
  void describeFunctionSaysWhatItDoesTakesAndGives() {
    for (SigmaxFunction function : SigmaxCatalog.functions().values()) {
      String text =
          String.join(
              "\n",
              session.sql("DESCRIBE FUNCTION EXTENDED " + function.name()).collectAsList().stream()
                  .map(row -> row.getString(0))
                  .toList());
      assertTrue(text.contains("Usage: " + function.usage().signature() + " - Returns"), text);
      for (Parameter parameter : function.usage().parameters()) {
        assertTrue(text.contains("* " + parameter.name() + " - "), text);
      }
      assertTrue(text.contains("null gives null") && text.contains("NaN"), text);
      assertTrue(text.contains("> SELECT " + function.name() + "("), text);
      assertFalse(text.contains("_FUNC_") || text.contains("N/A"), text);
    }
  }

  @Test
  void theExamplesGiveWhatTheySay() {
    for (SigmaxFunction function : SigmaxCatalog.functions().values()) {
      String query = function.usage().example().replace("_FUNC_", function.name());
      Object result = session.sql(query).first().get(0);
      String shown =
          result instanceof scala.collection.Seq<?> elements
              ? elements.mkString("[", ",", "]")
              : String.valueOf(result);
      assertEquals(function.usage().result(), shown, query);
    }
  }

  @Test
  void theJobsOwnFunctionsAreNotInAUsersSession() {
    List<String> shown =
        session.sql("SHOW USER FUNCTIONS").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    assertTrue(shown.contains("softmax"), shown.toString());
    assertFalse(shown.contains("score") || shown.contains("score_as_float"), shown.toString());
    assertEquals(
        List.copyOf(SigmaxCatalog.functions().keySet()),
        Arrays.stream(new SigmaxCatalog().listFunctions(new String[0]))
            .map(f -> f.name())
            .toList());
  }

  @Test
  void constantsAreFolded() {
    for (String call :
        List.of("sigmoid(0.0)", "sigmax.sigmoid(0.0)", "softmax(array(1F, 1F))[0]")) {
      String plan =
          session
              .sql("SELECT " + call + " AS p FROM logits")
              .queryExecution()
              .optimizedPlan()
              .toString();
      assertTrue(plan.contains("[0.5 AS p") && !plan.contains("invoke"), plan);
    }
  }
}
