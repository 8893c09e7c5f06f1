package dev.sigmax.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Reference;
import dev.sigmax.testing.SparkTest;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments by place and by name; wrong ones are analysis errors that say what is taken. */
class FunctionArgumentsTest extends SparkTest {
  private static Row sql(String query) {
    return spark().sql(query).first();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "softmax(array(3D, -3D), temperature => 2.0)",
        "softmax(logits => array(3D, -3D), temperature => 2.0)",
        "softmax(temperature => 2, logits => array(3D, -3D))",
        "softmax(TEMPERATURE => 2F, Logits => array(3D, -3D))",
        "sigmax.softmax(array(3D, -3D), temperature => 2.0)",
        "sigmax.softmax(logits => array(3D, -3D), temperature => 2.0)",
        "sigmax.softmax(temperature => 2, logits => array(3D, -3D))",
        "softmax(array(3D, -3D), 2L)",
        "softmax(array(3, -3), 2)",
        "softmax(array(3.0, -3.0), 2)",
        "softmax(array(3L, CAST(-3 AS TINYINT)), 2)",
      })
  void argumentsComeByPlaceOrByName(String call) {
    double expected = Reference.softmax(1.5, -1.5)[0].doubleValue();
    assertEquals(
        expected,
        sql("SELECT " + call + " FROM range(1)").<Double>getList(0).get(0),
        Math.ulp(expected));
  }

  /** Spark's cast to INT would make 0 of 2^32 there, without a word. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aLabelOfMoreThan32BitsIsNoOtherClass(String ansi) {
    String before = spark().conf().get("spark.sql.ansi.enabled");
    spark().conf().set("spark.sql.ansi.enabled", ansi);
    try {
      for (String call :
          List.of(
              "cross_entropy(array(0D, 5D), 4294967296L)",
              "cross_entropy(array(0D, 5D), id + 4294967296)",
              "cross_entropy(array(0F, 5F), id - 4294967296)")) {
        String message =
            assertThrows(Exception.class, () -> sql("SELECT " + call + " FROM range(1)"))
                .toString();
        assertTrue(message.contains("4294967296, but the row has 2 classes"), message);
      }
      for (String k : List.of("4294967297L", "id + 4294967297", "9223372036854775807L")) {
        String call = "top_k(array(0.5D, 0.25D, 0.25D), " + k + ")";
        assertEquals(3, sql("SELECT " + call + " FROM range(1)").getList(0).size(), call);
      }
    } finally {
      spark().conf().set("spark.sql.ansi.enabled", before);
    }
  }

  @Test
  void everyParameterHasItsName() {
    Row row =
        sql(
            "SELECT sigmoid(logit => 0D), log_sigmoid(logit => -1000D), log_softmax(logits => array(0D,"
                + " 1000D)), logsumexp(logits => array(0D, 1000D)), argmax(logits => array(1F, 2F)),"
                + " cross_entropy(label => 0, logits => array(0D, 1000D)),"
                + " binary_cross_entropy(label => 1, logit => -1000D)");
    assertEquals(0.5, row.getDouble(0));
    assertEquals(-1000.0, row.getDouble(1));
    assertEquals(List.of(-1000.0, -0.0), row.getList(2));
    assertEquals(1000.0, row.getDouble(3));
    assertEquals(1, row.getInt(4));
    assertEquals(1000.0, row.getDouble(5));
    assertEquals(1000.0, row.getDouble(6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "softmax(array(1F), temprature => 2)| UNRECOGNIZED_PARAMETER_NAME| 4274K| `temperature`",
        "sigmax.softmax(temprature => 2, logits => array(1F))"
            + "| UNRECOGNIZED_PARAMETER_NAME| 4274K| `temperature`",
        "sigmax.softmax(temperature => 2)| REQUIRED_PARAMETER_NOT_FOUND| 4274K| `logits`",
        "softmax(array(1F), logits => array(2F))"
            + "| DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED| 4274K| `logits`",
        "softmax(logits => array(1F), logits => array(2F))"
            + "| DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE| 4274K| `logits`",
        "softmax(logits => array(1F), 2)| UNEXPECTED_POSITIONAL_ARGUMENT| 4274K| `logits`",
        "softmax(temperature => 2)| REQUIRED_PARAMETER_NOT_FOUND| 4274K| `logits`",
        "softmax()| WRONG_NUM_ARGS.WITHOUT_SUGGESTION| 42605| 1 or 2 (softmax(logits[, temperature]))",
        "softmax(array(1F), 1, 2)| WRONG_NUM_ARGS.WITHOUT_SUGGESTION| 42605| number is 3",
        "sigmax.softmax(array(1F), 1, 2)| WRONG_NUM_ARGS.WITHOUT_SUGGESTION| 42605| number is 3",
        "argmax(array(1F), 1)| WRONG_NUM_ARGS.WITHOUT_SUGGESTION| 42605| 1 (argmax(logits))",
        "cross_entropy(array(1F))| WRONG_NUM_ARGS.WITHOUT_SUGGESTION| 42605"
            + "| 2 (cross_entropy(logits, label))",
      })
  void argumentsThatDoNotFitTheParametersAreAnalysisErrors(
      String call, String condition, String state, String words) {
    assertRefused(call, condition, state, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "softmax(null)| \"NULL\" has the type \"VOID\"",
        "softmax('abc')| \"abc\" has the type \"STRING\"",
        "softmax(1F)| The first (`logits`) parameter requires the \"ARRAY<FLOAT>\", \"ARRAY<DOUBLE>\"",
        "softmax(array('a'))| \"array(a)\" has the type \"ARRAY<STRING>\"",
        "softmax(array(1F), 'x')| The second (`temperature`) parameter requires the \"DOUBLE\" (or another number)",
        "softmax(array(1F), temperature => 'x')| \"x\" has the type \"STRING\"",
        "sigmoid(1F, 'x')| \"x\" has the type \"STRING\"",
        "sigmoid(true)| \"FLOAT\", \"DOUBLE\", \"ARRAY<FLOAT>\" or \"ARRAY<DOUBLE>\"",
        "sigmoid(struct(1F))| has the type \"STRUCT<",
        "sigmoid(map(1, 1F))| has the type \"MAP<",
        "log_sigmoid('1')| \"1\" has the type \"STRING\"",
        "log_softmax(1D)| \"1.0\" has the type \"DOUBLE\"",
        "logsumexp(2)| has the type \"INT\"",
        "argmax(null)| has the type \"VOID\"",
        "argmax(array(true))| has the type \"ARRAY<BOOLEAN>\"",
        "cross_entropy(array(1F), 0.5F)| The second (`label`) parameter requires the \"INT\"",
        "cross_entropy(array(1F), 1.0)| has the type \"DECIMAL(2,1)\"",
        "cross_entropy(array(1F), '1')| has the type \"STRING\"",
        "binary_cross_entropy(array(1F), 1)| requires the \"FLOAT\" or \"DOUBLE\"",
        "binary_cross_entropy(1F, true)| has the type \"BOOLEAN\"",
        "sigmax.softmax('abc')| \"logits\" has the type \"STRING\"",
        "sigmax.sigmoid(1F, 'x')| \"temperature\" has the type \"STRING\"",
        "sigmax.cross_entropy(array(1F), 0.5F)| \"label\" has the type \"FLOAT\"",
      })
  void wrongTypesAreAnalysisErrorsThatSayWhatIsTaken(String call, String words) {
    assertRefused(call, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "42K09", words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "softmax(array(1F), 0)",
        "softmax(array(1F), 0D)",
        "softmax(array(1F), -1.5)",
        "softmax(array(1F), 1 - 1)",
        "softmax(array(1F), temperature => double('NaN'))",
        "sigmoid(1F, 1e301)",
        "sigmax.sigmoid(1F, 0)",
      })
  void aConstantThatIsNoTemperatureIsAnAnalysisError(String call) {
    assertRefused(
        call, "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", "42K09", "between 1e-300 and 1e300");
  }

  /** Spark knows the user only when it optimises. */
  @Test
  void aTemperatureThatIsKnownOnlyLaterIsNoConstant() {
    assertEquals(0.5, sql("SELECT sigmoid(0D, length(current_user()))").getDouble(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cross_entropy(array(0D, 1D), CAST(id + 5 AS INT))"
            + "| cross_entropy: the label is 5, but the row has 2 classes, counted from 0",
        "cross_entropy(array(0F), CAST(id - 1 AS INT))"
            + "| cross_entropy: the label is -1, but the row has 1 class, counted from 0",
        "binary_cross_entropy(0D, id + 2)"
            + "| binary_cross_entropy: the label is 2.0, not a number from 0 to 1",
        "binary_cross_entropy(0F, id - 0.5D)"
            + "| binary_cross_entropy: the label is -0.5, not a number from 0 to 1",
      })
  void aLabelThatCannotBeFailsTheQueryAndNamesTheFunction(String call, String words) {
    Exception failure =
        assertThrows(Exception.class, () -> sql("SELECT " + call + " FROM range(1)"));
    assertTrue(failure.getMessage().contains(words), failure.getMessage());
  }

  @Test
  void aTemperatureOfNullGivesNull() {
    assertNull(sql("SELECT softmax(array(1F), null)").get(0));
    assertNull(sql("SELECT sigmoid(1F, temperature => null)").get(0));
  }

  @Test
  void aLabelMayBeAnyWholeNumber() {
    for (String type : List.of("TINYINT", "SMALLINT", "INT", "BIGINT")) {
      String call = "cross_entropy(array(0D, 1000D), CAST(id AS " + type + ")) FROM range(1)";
      assertEquals(1000.0, sql("SELECT " + call).getDouble(0), type);
      assertEquals(1000.0, sql("SELECT sigmax." + call).getDouble(0), type);
    }
  }

  private static void assertRefused(String call, String condition, String state, String words) {
    AnalysisException refusal =
        assertThrows(
            AnalysisException.class, () -> spark().sql("SELECT 1,\n " + call + " AS p").first());
    assertEquals(condition, refusal.getCondition(), refusal.getMessage());
    assertEquals(state, refusal.getSqlState());
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("line 2 pos 1"), refusal.getMessage());
    assertEquals(1, refusal.getQueryContext().length);
    assertEquals(call, refusal.getQueryContext()[0].fragment());
  }
}
