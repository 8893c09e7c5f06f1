package dev.sigmax.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Reference;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The raw predictions of Spark's own models of two classes, scored as files. */
class RawPredictionsTest extends JobTest {
  private static final double SAME = 1e-14;

  private static Dataset<Row> tumours() {
    return spark()
        .read()
        .parquet("jobs/data/tumours.parquet")
        .select(
            functions.array_to_vector(array(col("logit").cast("double"), lit(1.0))).as("features"),
            col("benign").cast("double").as("label"));
  }

  private List<List<Object>> scored(Transformer model, String layout, Column expected) {
    model
        .transform(tumours())
        .select(
            monotonically_increasing_id().as("i"),
            functions.vector_to_array(col("rawPrediction"), "float64").as("raw"),
            expected.as("expected"))
        .coalesce(1)
        .write()
        .parquet(in().toString());
    assertPublished(score("binary", "--logits", "raw", "--raw-layout", layout));
    List<List<Object>> rows =
        DuckDb.rows(
            "SELECT r.raw[2], probabilities[1], probabilities[2], r.expected FROM '"
                + in()
                + "/*.parquet' r JOIN "
                + output()
                + " USING (i)");
    assertEquals(tumours().count(), rows.size());
    return rows;
  }

  /**
   * Within one unit in the last place of 60 digits, and as far from Spark as Spark is from them.
   */
  private void assertScored(Transformer model, String layout, double factor, boolean compared) {
    Column expected =
        compared
            ? functions.vector_to_array(col("probability"), "float64").getItem(1)
            : lit(null).cast("double");
    for (List<Object> row : scored(model, layout, expected)) {
      double m = factor * (Double) row.get(0);
      BigDecimal no = Reference.sigmoid(-m);
      BigDecimal yes = Reference.sigmoid(m);
      assertTrue(Reference.ulps(no, (Double) row.get(1)) <= 1, () -> "the no at " + m);
      assertTrue(Reference.ulps(yes, (Double) row.get(2)) <= 1, () -> "the yes at " + m);
      if (compared) {
        assertEquals((Double) row.get(3), (Double) row.get(2), SAME);
      }
    }
  }

  @Test
  void logisticRegressionWritesPairs() {
    assertScored(
        new LogisticRegression().setMaxIter(8).setRegParam(0.01).fit(tumours()), "pair", 1, true);
  }

  @Test
  void boostedTreesWriteHalfOfTheLogOdds() {
    assertScored(
        new GBTClassifier().setMaxIter(4).setMaxDepth(3).setSeed(1).fit(tumours()),
        "doubled_margin",
        2,
        true);
  }

  @Test
  void aSupportVectorMachineWritesPairsAndNoProbability() {
    assertScored(new LinearSVC().setMaxIter(8).fit(tumours()), "pair", 1, false);
  }
}
