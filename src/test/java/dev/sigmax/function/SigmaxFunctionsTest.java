package dev.sigmax.function;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.function.score.ScoreArguments;
import dev.sigmax.function.score.ScoreCatalog;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.testing.Reference;
import dev.sigmax.testing.SparkTest;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.debug.package$;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SigmaxFunctionsTest extends SparkTest {
  private static Row sql(String query) {
    return spark().sql(query).first();
  }

  @Test
  void sigmoidOfAFloatIsAFloatAndOfADoubleADouble() {
    Row row = sql("SELECT sigmoid(CAST(1 AS FLOAT)) AS f, sigmoid(CAST(1 AS DOUBLE)) AS d");
    assertEquals(Reference.sigmoid(1).floatValue(), row.getFloat(0));
    assertEquals(Reference.sigmoid(1).doubleValue(), row.getDouble(1));
  }

  @Test
  void sigmoidTakesWholeAndDecimalNumbersAsDouble() {
    Row row = sql("SELECT sigmoid(2) AS i, sigmoid(2.5) AS d");
    assertEquals(Reference.sigmoid(2).doubleValue(), row.getDouble(0));
    assertEquals(Reference.sigmoid(2.5).doubleValue(), row.getDouble(1));
  }

  @Test
  void sigmoidDividesByTheTemperatureFirst() {
    Row row = sql("SELECT sigmoid(CAST(3 AS DOUBLE), 2.0), sigmoid(array(3D, -3D), 2.0)");
    assertEquals(Reference.sigmoid(1.5).doubleValue(), row.getDouble(0));
    assertEquals(
        List.of(Reference.sigmoid(1.5).doubleValue(), Reference.sigmoid(-1.5).doubleValue()),
        row.getList(1));
  }

  @Test
  void softmaxOfAnArrayKeepsItsType() {
    Dataset<Row> result =
        spark()
            .sql(
                "SELECT softmax(array(1F, 2F, 3F)) AS floats, softmax(array(1D, 2D, 3D)) AS doubles");
    assertEquals(
        DataTypes.createArrayType(DataTypes.FloatType), result.schema().apply(0).dataType());
    Row row = result.first();
    for (int i = 0; i < 3; i++) {
      double expected = Reference.softmax(1, 2, 3)[i].doubleValue();
      assertEquals((float) expected, row.<Float>getList(0).get(i));
      assertEquals(expected, row.<Double>getList(1).get(i), Math.ulp(expected));
    }
  }

  @Test
  void nullGivesNullAndNeverZero() {
    Row row =
        sql(
            "SELECT sigmoid(CAST(NULL AS FLOAT)), softmax(CAST(NULL AS ARRAY<FLOAT>)),"
                + " softmax(array(1F, NULL)), sigmoid(array(1D, NULL)), softmax(array(1D, NULL))");
    for (int i = 0; i < row.length(); i++) {
      assertNull(row.get(i), "column " + i);
    }
  }

  @Test
  void notANumberStaysNotANumber() {
    Row row =
        sql("SELECT sigmoid(double('NaN')), softmax(array(1D, double('NaN'))), softmax(array())");
    assertEquals(List.of(), row.getList(2));
    assertTrue(Double.isNaN(row.getDouble(0)));
    assertTrue(row.<Double>getList(1).stream().allMatch(p -> p.isNaN()));
  }

  @Test
  void softmaxOfAnMlVectorIsADenseVector() {
    List<Vector> vectors =
        Arrays.asList(
            Vectors.dense(1, 2, 3), Vectors.sparse(3, new int[] {2}, new double[] {3}), null);
    Dataset<Row> rows =
        spark()
            .createDataFrame(
                vectors.stream().map(RowFactory::create).toList(),
                new StructType().add("v", SQLDataTypes.VectorType()));
    List<Row> results = rows.select(call_function("softmax", col("v"))).collectAsList();
    assertVector(Reference.softmax(1, 2, 3), results.get(0).getAs(0));
    assertVector(Reference.softmax(0, 0, 3), results.get(1).getAs(0));
    assertNull(results.get(2).get(0));
  }

  @Test
  void mlVectorsWithoutProbabilitiesAreOneGroup() {
    double infinity = Double.POSITIVE_INFINITY;
    List<Vector> vectors =
        List.of(
            Vectors.dense(Double.NaN, 1),
            Vectors.dense(infinity, 1),
            Vectors.sparse(2, new int[] {1}, new double[] {infinity}),
            Vectors.dense(-infinity, -infinity));
    Dataset<Row> rows =
        spark()
            .createDataFrame(
                vectors.stream().map(RowFactory::create).toList(),
                new StructType().add("v", SQLDataTypes.VectorType()));
    List<Row> groups = rows.groupBy(call_function("softmax", col("v"))).count().collectAsList();
    assertEquals(1, groups.size(), groups::toString);
    assertEquals(4, groups.get(0).getLong(1));
  }

  private static void assertVector(java.math.BigDecimal[] expected, Vector actual) {
    assertEquals(expected.length, actual.size());
    for (int i = 0; i < expected.length; i++) {
      assertTrue(Reference.ulps(expected[i], actual.apply(i)) <= 2);
    }
  }

  @Test
  void functionsOfTheCatalogAreThoseOfTheExtension() {
    assertDatasetEquals(
        spark().sql("SELECT softmax(array(1F, 2F)) AS p, sigmoid(1D) AS s"),
        spark().sql("SELECT sigmax.softmax(array(1F, 2F)) AS p, sigmax.sigmoid(1D) AS s"));
  }

  @Test
  void scoreGivesProbabilitiesSumAndIssueInOnePass() {
    SparkSession session = spark().newSession();
    session.conf().set("spark.sql.catalog.scores", ScoreCatalog.class.getName());
    Row row =
        session
            .range(1)
            .select(score("array(1F, 2F)", 2), score("array(1F)", 2), score("array(1F, NULL)", 2))
            .first();
    Row good = row.getStruct(0);
    assertEquals(Reference.softmax(1, 2)[0].floatValue(), good.<Float>getList(0).get(0));
    assertEquals(1.0, good.getDouble(1), 0x1p-23);
    assertNull(good.get(2));
    assertEquals(RowFactory.create(null, null, "length"), row.getStruct(1));
    assertEquals(RowFactory.create(null, null, "null"), row.getStruct(2));
  }

  private static org.apache.spark.sql.Column score(String logits, int classes) {
    ScoringRule rule =
        new ScoringRule(Task.MULTICLASS, classes, 1.0, NonFinite.REJECT, ScoringRule.AS_PROMISED);
    return call_function("scores.score", ScoreArguments.toColumns(expr(logits), rule));
  }

  @Test
  void theLogarithmsKeepTheTypeOfTheirLogits() {
    StructType types =
        spark()
            .sql(
                "SELECT log_sigmoid(1F), log_sigmoid(1), log_softmax(array(1F, 2F)),"
                    + " logsumexp(array(1D, 2D)), logsumexp(array(1F)), argmax(array(1F, 3F)),"
                    + " cross_entropy(array(1F, 2F), 1), binary_cross_entropy(1D, 0.5)")
            .schema();
    List<String> names =
        Arrays.stream(types.fields()).map(field -> field.dataType().catalogString()).toList();
    assertEquals(
        List.of("float", "double", "array<float>", "double", "float", "int", "float", "double"),
        names);
  }

  @Test
  void theLossesAreMinusTheLogarithmsOfTheProbabilities() {
    Row row =
        sql(
            "SELECT cross_entropy(array(1D, 2D, 4D), 1), log_softmax(array(1D, 2D, 4D)),"
                + " binary_cross_entropy(2D, 1), log_sigmoid(2D), binary_cross_entropy(2D, 0),"
                + " logsumexp(array(1D, 2D, 4D)), argmax(array(1D, 4D, 2D))");
    double[] softmax =
        Arrays.stream(Reference.softmax(1, 2, 4)).mapToDouble(p -> p.doubleValue()).toArray();
    assertEquals(-Math.log(softmax[1]), row.getDouble(0), 1e-15);
    for (int i = 0; i < 3; i++) {
      assertEquals(Math.log(softmax[i]), row.<Double>getList(1).get(i), 1e-15);
    }
    assertEquals(-row.getDouble(3), row.getDouble(2));
    assertEquals(Math.log(Reference.sigmoid(2).doubleValue()), row.getDouble(3), 1e-16);
    assertEquals(-Math.log(Reference.sigmoid(-2).doubleValue()), row.getDouble(4), 1e-15);
    assertEquals(Math.log(Math.exp(1) + Math.exp(2) + Math.exp(4)), row.getDouble(5), 1e-14);
    assertEquals(1, row.getInt(6));
  }

  @Test
  void nullGivesNullInTheLogarithmsToo() {
    Row row =
        sql(
            "SELECT log_sigmoid(CAST(NULL AS FLOAT)), log_sigmoid(array(1F, NULL)),"
                + " log_softmax(array(1D, NULL)), logsumexp(CAST(NULL AS ARRAY<FLOAT>)),"
                + " logsumexp(array(1D, NULL)), argmax(array(1F, NULL)), argmax(array()),"
                + " argmax(array(1D, double('NaN'))), cross_entropy(array(1F, NULL), 0),"
                + " cross_entropy(array(1F, 2F), NULL), binary_cross_entropy(NULL, 1),"
                + " binary_cross_entropy(1F, NULL)");
    for (int i = 0; i < row.length(); i++) {
      assertNull(row.get(i), "column " + i);
    }
  }

  @Test
  void aLabelThatIsNoneFailsTheQuery() {
    for (String query :
        List.of(
            "cross_entropy(array(1D, id), 2)",
            "cross_entropy(array(1D, id), -1)",
            "cross_entropy(array(1D, id), 0.5)",
            "binary_cross_entropy(id, 1.5)",
            "binary_cross_entropy(id, true)")) {
      Throwable thrown =
          assertThrows(
              Throwable.class, () -> spark().sql("SELECT " + query + " FROM range(1)").first());
      Throwable root = thrown;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      assertTrue(root.getMessage().contains("label"), query + ": " + root);
    }
  }

  @Test
  void aWrongTypeIsRefusedByName() {
    Exception refusal =
        assertThrows(Exception.class, () -> spark().sql("SELECT sigmax.softmax('text')").first());
    assertTrue(
        refusal.getMessage().contains("\"logits\" has the type \"STRING\""), refusal.getMessage());
  }

  @Test
  void aTemperatureThatIsNoPositiveNumberIsRefused() {
    for (String temperature : List.of("0D", "-1D", "double('NaN')", "double('Infinity')")) {
      Throwable thrown =
          assertThrows(
              Throwable.class,
              () ->
                  spark()
                      .sql("SELECT sigmoid(id * 1D, " + temperature + ") FROM range(1)")
                      .first());
      Throwable root = thrown;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      assertTrue(
          root.getMessage().contains("temperature must be between 1e-300 and 1e300"),
          root.toString());
    }
  }

  @Test
  void sparkCallsTheTypedMethodOfEachFunctionDirectly() {
    for (String logits : List.of("float(id)", "double(id)", "array(float(id))")) {
      Dataset<Row> query = spark().range(3).select(call_function("sigmoid", expr(logits)).as("p"));
      String code = package$.MODULE$.codegenString(query.queryExecution().executedPlan());
      assertTrue(
          Pattern.compile("dev\\.sigmax\\.function\\.SigmoidFunction[.$]\\w+\\.invoke\\(")
              .matcher(code)
              .find(),
          code);
    }
  }
}
