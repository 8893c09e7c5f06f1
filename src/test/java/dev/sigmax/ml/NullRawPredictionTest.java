package dev.sigmax.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sigmax.testing.SparkTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A raw prediction of null has neither probabilities nor a prediction, however it is asked for. */
class NullRawPredictionTest extends SparkTest {
  private static final String BINARY =
      "{\"task\": \"binary\", \"labels\": [\"no\", \"yes\"], \"slope\": [0.8], \"offset\": [-0.35]}";
  private static final String CLASSES =
      "{\"task\": \"multiclass\", \"labels\": [\"a\", \"b\"], \"temperature\": 1.7, \"bias\": [0.5,"
          + " -0.25]}";
  private static final String LABELS =
      "{\"task\": \"multilabel\", \"labels\": [\"a\", \"b\"], \"slope\": [0.7, 1.3], \"offset\":"
          + " [0.1, -0.3]}";

  /** A form, a layout and a task that go together, and what they may be calibrated with. */
  private record Case(
      DataType type, Object sound, String layout, String task, String calibration) {}

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(DataTypes.DoubleType, 1.0, "margin", "binary", BINARY));
    cases.add(new Case(DataTypes.FloatType, 1F, "margin", "binary", BINARY));
    cases.add(new Case(DataTypes.IntegerType, 1, "margin", "binary", BINARY));
    addForms(cases, "margin", "binary", BINARY, 1);
    for (String layout : List.of("pair", "doubledMargin")) {
      addForms(cases, layout, "binary", BINARY, -1, 1);
    }
    addForms(cases, "perClass", "multiclass", CLASSES, -1, 1);
    addForms(cases, "perClass", "multilabel", LABELS, -1, 1);
    return cases;
  }

  private static void addForms(
      List<Case> cases, String layout, String task, String calibration, double... sound) {
    List<Double> doubles = Arrays.stream(sound).boxed().toList();
    List<Float> floats = doubles.stream().map(Double::floatValue).toList();
    cases.add(new Case(SQLDataTypes.VectorType(), Vectors.dense(sound), layout, task, calibration));
    cases.add(
        new Case(
            DataTypes.createArrayType(DataTypes.DoubleType), doubles, layout, task, calibration));
    cases.add(
        new Case(
            DataTypes.createArrayType(DataTypes.FloatType), floats, layout, task, calibration));
  }

  @TestFactory
  List<DynamicTest> nullGivesNullInEveryFormAndLayout() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case each : cases()) {
      for (boolean calibrated : new boolean[] {false, true}) {
        for (boolean thresholds : new boolean[] {false, true}) {
          tests.add(
              DynamicTest.dynamicTest(
                  String.join(
                      " ",
                      each.type().catalogString(),
                      each.layout(),
                      each.task(),
                      calibrated ? "calibrated" : "",
                      thresholds ? "thresholds" : ""),
                  () -> assertNullGivesNull(each, calibrated, thresholds)));
        }
      }
    }
    return tests;
  }

  private static void assertNullGivesNull(Case each, boolean calibrated, boolean thresholds) {
    // Constants are computed while Spark plans; what comes from an exchange is by generated code.
    Dataset<Row> constants = rows(each.type(), each.sound(), null);
    for (Dataset<Row> rows : List.of(constants, constants.repartition(1))) {
      for (String columns : List.of("p,d", "p,", ",d")) {
        ProbabilityTransformer stage = stage(each, columns.split(",", -1));
        if (calibrated) {
          stage.setCalibration(each.calibration());
        }
        if (thresholds) {
          stage.setThresholds(0.4, 0.6);
        }
        assertNullWhereRawIs(stage.transform(rows));
      }
    }
  }

  private static ProbabilityTransformer stage(Case each, String[] columns) {
    return new ProbabilityTransformer()
        .setRawPredictionCol("r")
        .setRawLayout(each.layout())
        .setTask(each.task())
        .setProbabilityCol(columns[0])
        .setPredictionCol(columns[1]);
  }

  private static Dataset<Row> rows(DataType type, Object... values) {
    return spark()
        .createDataFrame(
            Arrays.stream(values).map(RowFactory::create).toList(),
            new StructType().add("r", type));
  }

  private static void assertNullWhereRawIs(Dataset<Row> scored) {
    List<Row> rows = scored.collectAsList();
    assertEquals(2, rows.size());
    for (Row row : rows) {
      for (int column = 1; column < row.length(); column++) {
        if (row.isNullAt(0)) {
          assertNull(row.get(column), row.toString());
        } else {
          assertNotNull(row.get(column), row.toString());
        }
      }
    }
  }
}
