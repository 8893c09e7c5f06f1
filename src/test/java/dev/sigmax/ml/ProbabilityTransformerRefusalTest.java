package dev.sigmax.ml;

import static dev.sigmax.ml.ProbabilityTransformerTest.raw;
import static dev.sigmax.ml.ProbabilityTransformerTest.vectors;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.SparkTest;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stage refuses, before any row or at one. */
class ProbabilityTransformerRefusalTest extends SparkTest {
  @Test
  void thresholdsOfAnotherNumberShowTheRawPrediction() {
    ProbabilityTransformer stage =
        new ProbabilityTransformer().setRawLayout("perClass").setThresholds(0.5, 0.5);
    String message =
        assertThrows(
                Exception.class, () -> stage.transform(vectors(new double[] {1, 2, 3})).first())
            .toString();
    assertTrue(
        message.contains("the raw prediction [1.0, 2.0, 3.0] in rawPrediction does not have 2"),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pair", "doubledMargin"})
  void rowsThatContradictTheirLayoutFailAndAreShown(String layout) {
    Dataset<Row> scored =
        new ProbabilityTransformer()
            .setRawLayout(layout)
            .transform(vectors(new double[] {-1, 1}, new double[] {0.25, 0.75}));
    Exception failure = assertThrows(Exception.class, scored::collectAsList);
    assertTrue(
        failure
            .getMessage()
            .contains(
                "the raw prediction [0.25, 0.75] in rawPrediction is not (-m, m), as rawLayout="
                    + layout
                    + " says"),
        failure.getMessage());
  }

  @Test
  void thresholdsOfAnotherNumberOfClassesFail() {
    Dataset<Row> scored =
        new ProbabilityTransformer()
            .setRawLayout("perClass")
            .setThresholds(0.5, 0.5)
            .transform(vectors(new double[] {1, 2, 3}));
    Exception failure = assertThrows(Exception.class, scored::collectAsList);
    assertTrue(failure.getMessage().contains("does not have 2 classes"), failure.getMessage());
  }

  @Test
  void settingsThatCannotBeMeantAreRefusedBeforeAnyRow() {
    Dataset<Row> rows = vectors(new double[] {1, 2});
    assertRefused("rawLayout is not set", new ProbabilityTransformer(), rows);
    assertRefused(
        "does not go with task=binary",
        new ProbabilityTransformer().setRawLayout("perClass").setTask("binary"),
        rows);
    assertRefused(
        "there is no column margins",
        new ProbabilityTransformer().setRawLayout("pair").setRawPredictionCol("margins"),
        rows);
    assertRefused(
        "there is a column probability already",
        new ProbabilityTransformer().setRawLayout("pair"),
        rows.withColumn("probability", lit(1)));
    assertRefused(
        "has the type string",
        new ProbabilityTransformer().setRawLayout("pair"),
        raw(DataTypes.StringType, "x"));
    assertRefused(
        "is one number",
        new ProbabilityTransformer().setRawLayout("pair"),
        raw(DataTypes.DoubleType, 1.0));
    ProbabilityTransformer stage = new ProbabilityTransformer();
    assertEquals(
        "rawLayout is pairs; it can be margin, pair, doubledMargin, perClass",
        assertThrows(IllegalArgumentException.class, () -> stage.setRawLayout("pairs"))
            .getMessage());
    assertEquals(
        "task is softmax; it can be multiclass, multilabel, binary",
        assertThrows(IllegalArgumentException.class, () -> stage.setTask("softmax")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> stage.setTemperature(0));
    assertThrows(IllegalArgumentException.class, () -> stage.setThresholds(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> stage.setThresholds(-1, 1));
  }

  private static void assertRefused(String words, ProbabilityTransformer stage, Dataset<Row> rows) {
    for (String how : List.of("transform", "transformSchema")) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> {
                if (how.equals("transform")) {
                  stage.transform(rows);
                } else {
                  stage.transformSchema(rows.schema());
                }
              });
      assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }
  }
}
