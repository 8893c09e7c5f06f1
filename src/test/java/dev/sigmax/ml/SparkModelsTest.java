package dev.sigmax.ml;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Reference;
import dev.sigmax.testing.SparkTest;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Spark's own models on real data: the same probabilities and predictions of their raw predictions,
 * and better ones where a probability is small.
 */
class SparkModelsTest extends SparkTest {
  /** Far from what a model was fitted on, a probability is all tail. */
  private static final double FAR = 40;

  private static Dataset<Row> digits(double factor) {
    return spark()
        .read()
        .parquet("jobs/data/digits_array.parquet")
        .select(
            functions
                .array_to_vector(transform(col("logits"), z -> z.cast("double").multiply(factor)))
                .as("features"),
            col("digit").cast("double").as("label"));
  }

  private static Dataset<Row> tumours(double factor) {
    return spark()
        .read()
        .parquet("jobs/data/tumours.parquet")
        .select(
            functions
                .array_to_vector(array(col("logit").multiply(factor), lit(1.0)))
                .as("features"),
            col("benign").cast("double").as("label"));
  }

  private static LogisticRegressionModel logisticRegression(Dataset<Row> rows) {
    return new LogisticRegression().setMaxIter(8).setRegParam(0.01).fit(rows);
  }

  @Test
  void logisticRegressionOfTwoClassesIsAPair() {
    Transformer model = logisticRegression(tumours(1));
    assertSame(model, tumours(1), "pair", 1);
    assertBetter(model, tumours(FAR), "pair", 1);
  }

  @Test
  void logisticRegressionOfTenClassesHasALogitForEach() {
    Transformer model = logisticRegression(digits(1));
    assertSame(model, digits(1), "perClass", 1);
    assertBetter(model, digits(FAR), "perClass", 1);
  }

  @Test
  void thePerceptronHasALogitForEachClass() {
    Transformer model =
        new MultilayerPerceptronClassifier()
            .setLayers(new int[] {10, 10})
            .setSeed(1)
            .setMaxIter(15)
            .fit(digits(1));
    assertSame(model, digits(1), "perClass", 1);
    assertBetter(model, digits(FAR), "perClass", 1);
  }

  @Test
  void boostedTreesHaveHalfOfTheLogOdds() {
    Transformer model = new GBTClassifier().setMaxIter(4).setMaxDepth(3).setSeed(1).fit(tumours(1));
    assertSame(model, tumours(1), "doubledMargin", 2);
    assertBetter(model, tumours(1), "doubledMargin", 2);
  }

  private static List<Row> scored(Transformer model, Dataset<Row> rows, String layout) {
    Dataset<Row> scored =
        new ProbabilityTransformer()
            .setRawLayout(layout)
            .setProbabilityCol("ours")
            .setPredictionCol("decided")
            .transform(model.transform(rows));
    return scored.collectAsList();
  }

  private static void assertSame(
      Transformer model, Dataset<Row> rows, String layout, double factor) {
    for (Row row : scored(model, rows, layout)) {
      assertEquals(row.<Double>getAs("prediction"), row.<Double>getAs("decided"), row.toString());
      double[] sparks = row.<Vector>getAs("probability").toArray();
      double[] ours = row.<Vector>getAs("ours").toArray();
      for (int i = 0; i < sparks.length; i++) {
        assertEquals(sparks[i], ours[i], 1e-14);
      }
      assertTrue(worst(row, "ours", factor) <= 2, row.toString());
    }
  }

  private static void assertBetter(
      Transformer model, Dataset<Row> rows, String layout, double factor) {
    double ours = 0;
    double sparks = 0;
    for (Row row : scored(model, rows, layout)) {
      ours = Math.max(ours, worst(row, "ours", factor));
      sparks = Math.max(sparks, worst(row, "probability", factor));
    }
    assertTrue(ours <= 2, "ours is off by " + ours + " ULP");
    assertTrue(sparks > 2 * ours, "ours " + ours + ", Spark's " + sparks + " ULP");
  }

  /** How far the worst probability of a row is from 60 digits, in ULP. */
  private static double worst(Row row, String column, double factor) {
    double[] raw = row.<Vector>getAs("rawPrediction").toArray();
    double[] given = row.<Vector>getAs(column).toArray();
    BigDecimal[] expected =
        raw.length == 2
            ? new BigDecimal[] {
              Reference.sigmoid(factor * raw[0]), Reference.sigmoid(factor * raw[1])
            }
            : Reference.softmax(raw);
    double worst = 0;
    for (int i = 0; i < given.length; i++) {
      // Below, doubles have fewer digits.
      if (expected[i].doubleValue() > Double.MIN_NORMAL) {
        worst = Math.max(worst, Reference.ulps(expected[i], given[i]));
      }
    }
    return worst;
  }
}
