package dev.sigmax.ml;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Reference;
import dev.sigmax.testing.SparkTest;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stage's parameters, forms and refusals. */
class ProbabilityTransformerTest extends SparkTest {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);

  static Dataset<Row> raw(DataType type, Object... values) {
    return spark()
        .createDataFrame(
            Arrays.stream(values).map(RowFactory::create).toList(),
            new StructType().add("rawPrediction", type));
  }

  static Dataset<Row> vectors(double[]... values) {
    return raw(
        SQLDataTypes.VectorType(),
        Arrays.stream(values).map(Vectors::dense).toArray(Object[]::new));
  }

  private static double[] doubles(Row row, String column) {
    return row.<Vector>getAs(column).toArray();
  }

  @Test
  void aVectorOfLogitsBecomesAVectorOfTheirSoftmax() {
    double[] logits = {3, -200, 2.5};
    Row row =
        new ProbabilityTransformer().setRawLayout("perClass").transform(vectors(logits)).first();
    double[] p = doubles(row, "probability");
    for (int i = 0; i < p.length; i++) {
      assertTrue(Reference.ulps(Reference.softmax(logits)[i], p[i]) <= 2);
    }
    assertEquals(0.0, row.<Double>getAs("prediction"));
  }

  @ParameterizedTest
  @CsvSource({"margin, 1", "pair, 1", "doubledMargin, 2"})
  void eachLayoutOfTwoClassesHasItsOwnLogOdds(String layout, double factor) {
    double m = 17.3;
    double[] values = layout.equals("margin") ? new double[] {m} : new double[] {-m, m};
    Row row =
        new ProbabilityTransformer()
            .setRawLayout(layout)
            .setTemperature(1.5)
            .transform(vectors(values))
            .first();
    double[] p = doubles(row, "probability");
    // Its quotient rounds once more than the logit's own.
    assertTrue(Reference.ulps(Reference.sigmoid(-factor * m / 1.5), p[0]) < 40);
    assertTrue(Reference.ulps(Reference.sigmoid(factor * m / 1.5), p[1]) <= 1);
    assertEquals(1.0, row.<Double>getAs("prediction"));
  }

  @Test
  void arraysGiveArraysOfTheirOwnTypeAndANumberGivesAVector() {
    ProbabilityTransformer stage = new ProbabilityTransformer().setRawLayout("pair");
    Dataset<Row> floats = stage.transform(raw(FLOATS, List.of(-30F, 30F)));
    assertEquals(FLOATS, floats.schema().apply("probability").dataType());
    assertEquals(List.of(Reference.sigmoid(-30).floatValue(), 1F), floats.first().getList(1));
    assertEquals(
        DOUBLES,
        stage.transform(raw(DOUBLES, List.of(-1.0, 1.0))).schema().apply("probability").dataType());
    Row number =
        new ProbabilityTransformer()
            .setRawLayout("margin")
            .transform(raw(DataTypes.DoubleType, -0.0))
            .first();
    assertArrayEquals(new double[] {0.5, 0.5}, doubles(number, "probability"));
    assertEquals(0.0, number.<Double>getAs("prediction"));
  }

  @Test
  void aSparseVectorIsReadWhole() {
    Dataset<Row> sparse =
        raw(SQLDataTypes.VectorType(), Vectors.sparse(3, new int[] {1}, new double[] {2}));
    double[] p =
        doubles(
            new ProbabilityTransformer().setRawLayout("perClass").transform(sparse).first(),
            "probability");
    assertEquals(p[0], p[2]);
    assertTrue(Reference.ulps(Reference.softmax(0, 2, 0)[1], p[1]) <= 2);
  }

  @Test
  void labelsAreScoredAndDecidedOnTheirOwn() {
    ProbabilityTransformer stage =
        new ProbabilityTransformer().setRawLayout("perClass").setTask("multilabel");
    Dataset<Row> logits = vectors(new double[] {0, -40, 3});
    Row row = stage.transform(logits).first();
    double[] p = doubles(row, "probability");
    assertEquals(0.5, p[0]);
    assertTrue(Reference.ulps(Reference.sigmoid(-40), p[1]) <= 1);
    assertArrayEquals(new double[] {1, 0, 1}, doubles(row, "prediction"));
    assertArrayEquals(
        new double[] {0, 1, 0},
        doubles(stage.setThresholds(0.51, 0, 0.99).transform(logits).first(), "prediction"));
  }

  @Test
  void aLabelOfNaNLeavesTheRowWithoutAPrediction() {
    ProbabilityTransformer stage =
        new ProbabilityTransformer()
            .setRawLayout("perClass")
            .setTask("multilabel")
            .setTemperature(2);
    for (Dataset<Row> rows :
        List.of(
            vectors(new double[] {Double.NaN, 0, 1}),
            raw(FLOATS, List.of(Float.NaN, 0F, 1F)),
            raw(FLOATS, Arrays.asList(0F, 1F, Float.NaN)))) {
      for (ProbabilityTransformer each :
          List.of(stage, stage.copy(new ParamMap()).setThresholds(0.5, 0.88, 0.95))) {
        Row row = each.transform(rows).first();
        assertNull(row.getAs("prediction"), row.toString());
        assertNotNull(row.getAs("probability"), row.toString());
      }
    }
  }

  /** The class with the largest p / t; a threshold of 0 wins unless its class is impossible. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.5, 0.5, 1",
    "0.1, 0.9, 0.5, 0",
    "0.9, 0.9, 0.0, 2",
    "1, 1000, 1, 0",
  })
  void thresholdsAreSparks(double a, double b, double c, double expected) {
    ProbabilityTransformer stage =
        new ProbabilityTransformer().setRawLayout("perClass").setThresholds(a, b, c);
    assertEquals(
        expected,
        stage.transform(vectors(new double[] {1, 2, -3})).first().<Double>getAs("prediction"));
    if (c == 0) {
      assertEquals(
          1.0,
          stage
              .transform(vectors(new double[] {1, 2, Double.NEGATIVE_INFINITY}))
              .first()
              .<Double>getAs("prediction"));
    }
  }

  @Test
  void whatIsMissingOrNotANumberHasNoPrediction() {
    ProbabilityTransformer pair = new ProbabilityTransformer().setRawLayout("pair");
    Dataset<Row> scored =
        pair.transform(
            raw(DOUBLES, null, List.of(Double.NaN, Double.NaN), Arrays.asList(1.0, null)));
    List<Row> rows = scored.collectAsList();
    for (Row row : rows) {
      assertNull(row.get(2), row.toString());
    }
    assertNull(rows.get(0).get(1));
    assertEquals(List.of(Double.NaN, Double.NaN), rows.get(1).getList(1));
    assertNull(rows.get(2).get(1));
    Row many =
        new ProbabilityTransformer()
            .setRawLayout("perClass")
            .transform(vectors(new double[] {1, Double.NaN}))
            .first();
    assertTrue(Double.isNaN(doubles(many, "probability")[0]));
    assertNull(many.getAs("prediction"));
  }

  @Test
  void theSchemaThatIsPromisedIsTheSchemaThatComes() {
    for (Dataset<Row> rows : List.of(vectors(new double[] {1, 2}), raw(FLOATS, List.of(1F, 2F)))) {
      for (String task : List.of("multiclass", "multilabel")) {
        ProbabilityTransformer stage =
            new ProbabilityTransformer().setRawLayout("perClass").setTask(task);
        assertEquals(
            stage.transformSchema(rows.schema()).simpleString(),
            stage.transform(rows).schema().simpleString());
      }
    }
    StructType without =
        new ProbabilityTransformer()
            .setRawLayout("perClass")
            .setProbabilityCol("")
            .setPredictionCol("")
            .transform(vectors(new double[] {1, 2}))
            .schema();
    assertEquals(List.of("rawPrediction"), List.of(without.fieldNames()));
  }

  @Test
  void aPipelineKeepsItOnDisk() throws Exception {
    ProbabilityTransformer stage =
        new ProbabilityTransformer()
            .setRawPredictionCol("a.b `raw`")
            .setRawLayout("doubledMargin")
            .setThresholds(0.2, 0.8)
            .setTemperature(1.25)
            .setProbabilityCol("p")
            .setPredictionCol("class");
    Dataset<Row> rows =
        vectors(new double[] {-1, 1}, new double[] {2, -2})
            .withColumnRenamed("rawPrediction", "a.b `raw`");
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {stage}).fit(rows);
    model.write().save(path("model"));
    PipelineModel loaded = PipelineModel.load(path("model"));
    assertEquals(model.transform(rows).collectAsList(), loaded.transform(rows).collectAsList());
    stage.write().save(path("stage"));
    ProbabilityTransformer again = ProbabilityTransformer.load(path("stage"));
    assertEquals(stage.uid(), again.uid());
    assertEquals(explained(stage), explained(again));
    assertArrayEquals(
        stage.getOrDefault(stage.thresholds()), again.getOrDefault(again.thresholds()));
    ProbabilityTransformer copied = stage.copy(new ParamMap().put(stage.rawLayout(), "pair"));
    assertEquals("pair", copied.getOrDefault(copied.rawLayout()));
    assertEquals("doubledMargin", stage.getOrDefault(stage.rawLayout()));
  }

  /** Without the identity of arrays. */
  private static String explained(ProbabilityTransformer stage) {
    return stage.explainParams().replaceAll("\\[D@\\w+", "");
  }

  @Test
  void sparkConnectFindsIt() {
    assertEquals(
        1,
        ServiceLoader.load(Transformer.class).stream()
            .filter(provider -> provider.type() == ProbabilityTransformer.class)
            .count());
    assertTrue(new ProbabilityTransformer().explainParams().contains("doubledMargin"));
  }

  @Test
  void arraysAndVectorsHaveTheSameBits() {
    Dataset<Row> numbers =
        spark()
            .range(500)
            .select(
                array(
                        col("id").cast("double").multiply(0.37).minus(90),
                        lit(1.0),
                        col("id").multiply(-0.5))
                    .as("rawPrediction"));
    ProbabilityTransformer stage = new ProbabilityTransformer().setRawLayout("perClass");
    Dataset<Row> vectors =
        stage.transform(
            numbers.select(functions.array_to_vector(col("rawPrediction")).as("rawPrediction")));
    assertEquals(
        stage.transform(numbers).select("probability", "prediction").collectAsList(),
        vectors
            .select(functions.vector_to_array(col("probability"), "float64"), col("prediction"))
            .collectAsList());
  }
}
