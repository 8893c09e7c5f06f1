package dev.sigmax.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.SparkTest;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No column is replaced by one that the session takes for the same. */
class AddedColumnNamesTest extends SparkTest {
  private static SparkSession session(boolean caseSensitive) {
    SparkSession session = spark().newSession();
    session.conf().set("spark.sql.caseSensitive", caseSensitive);
    SparkSession.setActiveSession(session);
    return session;
  }

  @AfterEach
  void putTheSharedSessionBack() {
    SparkSession.setActiveSession(spark());
  }

  private static Dataset<Row> rows(SparkSession session) {
    return session.sql("SELECT array(1D, 2D) AS r");
  }

  private static ProbabilityTransformer stage(String probability, String prediction) {
    return new ProbabilityTransformer()
        .setRawPredictionCol("r")
        .setRawLayout("perClass")
        .setThresholds(0.5, 1)
        .setProbabilityCol(probability)
        .setPredictionCol(prediction);
  }

  private static void assertRefused(
      ProbabilityTransformer stage, Dataset<Row> rows, String... words) {
    for (String message :
        List.of(
            assertThrows(IllegalArgumentException.class, () -> stage.transform(rows)).getMessage(),
            assertThrows(IllegalArgumentException.class, () -> stage.transformSchema(rows.schema()))
                .getMessage())) {
      for (String word : words) {
        assertTrue(message.contains(word), message);
      }
    }
  }

  @Test
  void aNameThatDiffersFromAColumnInCaseAloneIsRefused() {
    Dataset<Row> rows = rows(session(false));
    assertEquals(1.0, stage("p", "d").transform(rows).first().<Double>getAs("d"));
    assertRefused(
        stage("R", "d"), rows, "there is a column r already", "R", "spark.sql.caseSensitive");
    assertRefused(stage("p", "R"), rows, "there is a column r already", "R");
  }

  @Test
  void twoAddedColumnsThatDifferInCaseAloneAreRefused() {
    assertRefused(stage("x", "X"), rows(session(false)), "there is a column x already", "X");
  }

  @Test
  void aSessionThatTellsCasesApartAddsBoth() {
    Dataset<Row> rows = rows(session(true));
    Dataset<Row> scored = stage("R", "d").transform(rows);
    assertEquals(List.of("r", "R", "d"), List.of(scored.schema().fieldNames()));
    assertEquals(
        List.of("r", "R", "d"),
        List.of(stage("R", "d").transformSchema(rows.schema()).fieldNames()));
    Row row = scored.first();
    assertEquals(List.of(1.0, 2.0), row.getList(0));
    assertEquals(1.0, row.getDouble(2));
    assertRefused(stage("r", "d"), rows, "there is a column r already");
    assertEquals(
        List.of("r", "x", "X"), List.of(stage("x", "X").transform(rows).schema().fieldNames()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSessionOfTheRowsDecidesNotThatOfTheThread(boolean caseSensitive) {
    Dataset<Row> rows = rows(session(caseSensitive));
    session(!caseSensitive);
    if (caseSensitive) {
      assertEquals(
          List.of("r", "R", "d"), List.of(stage("R", "d").transform(rows).schema().fieldNames()));
    } else {
      assertThrows(IllegalArgumentException.class, () -> stage("R", "d").transform(rows));
    }
  }
}
