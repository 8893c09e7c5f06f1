package dev.sigmax.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.JobTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stage with a calibration gives the bits of a job with it. */
class CalibratedStageTest extends JobTest {
  private static final String BIASED =
      "{'task': 'multiclass', 'labels': ['a', 'b', 'c'], 'temperature': 1.7, 'bias': [0.5, -0.25,"
          + " 1e-3]}";
  private static final String DIVIDED =
      "{'task': 'multiclass', 'labels': ['a', 'b', 'c'], 'temperature': 1.7}";
  private static final String LABELS =
      "{'task': 'multilabel', 'labels': ['a', 'b', 'c'], 'slope': [0.7, 1.3, -2.1], 'offset': [0.1,"
          + " -0.3, 0.01]}";
  private static final String BINARY =
      "{'task': 'binary', 'labels': ['no', 'yes'], 'slope': [0.8], 'offset': [-0.35]}";

  private String file(String text) {
    try {
      return Files.writeString(folder.resolve("calibration.json"), text.replace('\'', '"'))
          .toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void logits(String type) {
    input(
        "a.parquet",
        "SELECT i AS id, [sin(i) * 9, cos(i * 3) * 5, (i % 11) / 7]::"
            + type
            + "[] AS logits FROM range(500) t(i)");
  }

  private Dataset<Row> read() {
    return spark().read().parquet(in() + "/a.parquet");
  }

  private static List<List<Object>> inOrder(Dataset<Row> rows, String column) {
    List<List<Object>> values = new ArrayList<>();
    rows.orderBy("id").select(column).collectAsList().forEach(row -> values.add(row.getList(0)));
    return values;
  }

  /** Scores by a job and by a stage. */
  private void assertSame(String type, String task, String calibration) {
    logits(type);
    String file = file(calibration);
    assertPublished(
        score(task, "--logits", "logits", "--labels", "a,b,c", "--calibration", file, "--replace"));
    Dataset<Row> scored =
        new ProbabilityTransformer()
            .setRawPredictionCol("logits")
            .setRawLayout("perClass")
            .setTask(task)
            .setCalibrationFile(file)
            .transform(read());
    assertEquals(
        inOrder(spark().read().parquet(out().toString()), "probabilities"),
        inOrder(scored, "probability"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void classesHaveTheBitsOfTheJob(String type) {
    assertSame(type, "multiclass", BIASED);
    assertSame(type, "multiclass", DIVIDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void labelsHaveTheBitsOfTheJob(String type) {
    assertSame(type, "multilabel", LABELS);
  }

  @Test
  void aMarginHasTheBitsOfTheJobInEachLayout() {
    input("a.parquet", "SELECT i AS id, sin(i) * 9 AS logit FROM range(500) t(i)");
    String file = file(BINARY);
    assertPublished(
        score(
            "binary",
            "--logits",
            "logit",
            "--labels",
            "no,yes",
            "--layout",
            "array",
            "--calibration",
            file));
    List<List<Object>> expected =
        inOrder(spark().read().parquet(out().toString()), "probabilities");
    for (String[] layout :
        List.of(
            new String[] {"margin", "array(logit)"},
            new String[] {"pair", "array(-logit, logit)"},
            new String[] {"doubledMargin", "array(-logit / 2, logit / 2)"})) {
      Dataset<Row> scored =
          new ProbabilityTransformer()
              .setRawLayout(layout[0])
              .setCalibrationFile(file)
              .transform(read().selectExpr("id", layout[1] + " AS rawPrediction"));
      assertEquals(expected, inOrder(scored, "probability"), layout[0]);
    }
  }

  @Test
  void thePredictionIsThatOfTheCalibratedLogits() {
    Dataset<Row> row =
        spark().sql("SELECT array(0D, 0.1D, 0D) AS rawPrediction, array(0.2D) AS margin");
    assertEquals(
        0.0,
        new ProbabilityTransformer()
            .setRawLayout("perClass")
            .setCalibrationFile(file(BIASED))
            .transform(row)
            .first()
            .<Double>getAs("prediction"));
    assertEquals(
        0.0,
        new ProbabilityTransformer()
            .setRawLayout("margin")
            .setRawPredictionCol("margin")
            .setCalibrationFile(file(BINARY))
            .transform(row)
            .first()
            .<Double>getAs("prediction"));
  }

  @Test
  void aSavedStageKeepsTheCalibrationWithoutItsFile() throws IOException {
    logits("DOUBLE");
    String file = file(BIASED);
    ProbabilityTransformer stage =
        new ProbabilityTransformer()
            .setRawPredictionCol("logits")
            .setRawLayout("perClass")
            .setCalibrationFile(file);
    stage.save(path("stage"));
    List<List<Object>> before = inOrder(stage.transform(read()), "probability");
    Files.delete(folder.resolve("calibration.json"));
    assertEquals(
        before,
        inOrder(ProbabilityTransformer.load(path("stage")).transform(read()), "probability"));
  }

  @Test
  void whatCalibrationCannotSayIsRefused() {
    logits("DOUBLE");
    String file = file(BIASED);
    ProbabilityTransformer stage =
        new ProbabilityTransformer().setRawPredictionCol("logits").setRawLayout("perClass");
    assertThrows(IllegalArgumentException.class, () -> stage.setCalibration("[1, 2]"));
    assertThrows(IllegalArgumentException.class, () -> stage.setCalibration("{\"task\": \"x\"}"));
    stage.setCalibrationFile(file);
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> stage.copy(stage.extractParamMap()).setTemperature(2).transform(read()))
            .getMessage()
            .contains("temperature and calibration are both set"));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> stage.copy(stage.extractParamMap()).setTask("multilabel").transform(read()))
            .getMessage()
            .contains("the calibration is of a multiclass task, and this stage's is multilabel"));
    Dataset<Row> two = spark().sql("SELECT array(1D, 2D) AS logits");
    assertTrue(
        assertThrows(RuntimeException.class, () -> stage.transform(two).collect())
            .getMessage()
            .contains("does not have 3 classes, as calibration says"));
  }

  @Test
  void nullAndAnArrayWithANullGiveNull() {
    Dataset<Row> rows =
        spark()
            .sql(
                "SELECT explode(array(array(1D, null, 2D), CAST(null AS ARRAY<DOUBLE>))) AS"
                    + " rawPrediction");
    new ProbabilityTransformer()
        .setRawLayout("perClass")
        .setCalibrationFile(file(BIASED))
        .transform(rows)
        .collectAsList()
        .forEach(row -> assertNull(row.get(1)));
  }
}
