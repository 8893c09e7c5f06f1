package dev.sigmax.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.JobTest;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code top_k}: the most probable classes of a row. */
class TopKTest extends JobTest {
  private static String text(String call) {
    return spark().sql("SELECT CAST(to_json(" + call + ") AS STRING) AS t").first().getString(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "top_k(array(0.25D, 0.5D, 0.25D), 3) |"
            + " [{\"label\":\"1\",\"probability\":0.5},{\"label\":\"0\",\"probability\":0.25},{\"label\":\"2\",\"probability\":0.25}]",
        "top_k(array(0.1F, 0.7F), 9, array('no', 'yes')) |"
            + " [{\"label\":\"yes\",\"probability\":0.7},{\"label\":\"no\",\"probability\":0.1}]",
        "sigmax.top_k(k => 1, probabilities => array(0.1F, 0.7F)) |"
            + " [{\"label\":\"1\",\"probability\":0.7}]",
        "top_k(array(double('NaN'), 0.5D), 2) | [{\"label\":\"1\",\"probability\":0.5}]",
        "top_k(CAST(array() AS ARRAY<FLOAT>), 2) | []"
      })
  void theLargestComeFirstAndOfEqualsTheFirst(String call, String expected) {
    assertEquals(expected, text(call));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "top_k(CAST(null AS ARRAY<FLOAT>), 2)",
        "top_k(array(0.5D, null), 2)",
        "top_k(array(0.5D, 0.5D), CAST(null AS INT))",
        "top_k(array(0.5D, 0.5D), 2, null)",
        "top_k(array(0.5D, 0.5D), 2, array('a', null))"
      })
  void nullGivesNull(String call) {
    assertNull(text(call));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "top_k(p, CAST(p[1] AS INT)) | takes a k from 1 up, not 0",
        "top_k(p, 1, array('a')) | has 1 label for 2 probabilities"
      })
  void whatMakesNoSenseFailsTheQuery(String call, String message) {
    Dataset<Row> rows = spark().range(1).selectExpr("array(0.5D, id * 0.5D) AS p").selectExpr(call);
    Exception failure = assertThrows(Exception.class, rows::collectAsList);
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "top_k(array(id), 0) | DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE"
            + " | k must be between 1 and the number of classes (current value = 0)",
        "top_k(array(id), k => 2 - 3) | DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE | current value = -1",
        "sigmax.top_k(array(id), 0L) | DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE | current value = 0",
        "top_k(array(id, id), 1, array('a')) | DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION"
            + " | The labels(1) must be as many as the probabilities(2)",
        "top_k(array(id), 1, split('a,b', ',')) | DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION"
            + " | The labels(2) must be as many as the probabilities(1)",
        "sigmax.top_k(array(0.1F), 1, array('a', 'b'))"
            + " | DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION | The labels(2)"
      })
  void constantsThatMakeNoSenseAreAnalysisErrors(String call, String condition, String words) {
    AnalysisException refusal =
        assertThrows(
            AnalysisException.class,
            () -> spark().sql("SELECT 1,\n " + call + " AS t FROM range(1)"));
    assertEquals(condition, refusal.getCondition(), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("line 2 pos 1"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "top_k(array(0.5D, 0.5D), length(current_user()))",
        "top_k(array(0.5D, 0.5D), 2, array(current_user(), 'b'))",
        "top_k(sigmoid(array(0D, 0D)), 2, array('a', 'b'))",
        "top_k(array(0.5D, 0.5D), 2, transform(array(1, 2), i -> string(i)))"
      })
  void whatIsKnownOnlyLaterIsNoConstant(String call) {
    assertEquals(2, spark().sql("SELECT size(" + call + ")").first().getInt(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"top_k(array(0.5D))", "top_k(array(0.5D), 1.5)", "top_k(array(0.5D), 1, 'a')"})
  void otherArgumentsAreAnalysisErrors(String call) {
    assertThrows(AnalysisException.class, () -> spark().sql("SELECT " + call));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void itIsWhatTheJobAdds(String type) {
    input(
        "a.parquet",
        "SELECT i AS id, [sin(i) * 3, cos(i * 3), (i % 3), 1]::"
            + type
            + "[] AS logits FROM range(300) t(i)");
    assertPublished(
        score("multiclass", "--logits", "logits", "--labels", "a,b,c,d", "--add", "top_k=3"));
    Dataset<Row> output = spark().read().parquet(out().toString());
    assertDatasetEquals(
        output.selectExpr("id", "to_json(top_k) AS top").orderBy("id"),
        output
            .selectExpr("id", "to_json(top_k(probabilities, 3, array('a', 'b', 'c', 'd'))) AS top")
            .orderBy("id"));
  }
}
