package dev.sigmax.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.Reference;
import dev.sigmax.testing.SparkTest;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw predictions that are whole numbers, as models of a few bits give them. */
class WholeRawPredictionTest extends SparkTest {

  @ParameterizedTest
  @CsvSource({
    "TINYINT, -128, true",
    "TINYINT, -128, false",
    "SMALLINT, -32768, false",
    "INT, -2147483648, true",
    "BIGINT, -9223372036854775808, false"
  })
  void theLeastOfATypeHasBothTailsThoughItHasNoNegative(String type, String least, String ansi) {
    SparkSession session = spark().newSession();
    session.conf().set("spark.sql.ansi.enabled", ansi);
    double temperature = Double.parseDouble(least) / -2;
    double[] expected = {Reference.sigmoid(2).doubleValue(), Reference.sigmoid(-2).doubleValue()};
    for (String form : new String[] {"%s", "array(%s)"}) {
      Dataset<Row> raw =
          session.sql(
              "SELECT "
                  + form.formatted("CAST('" + least + "' AS " + type + ")")
                  + " AS rawPrediction");
      Row row =
          new ProbabilityTransformer()
              .setRawLayout("margin")
              .setTemperature(temperature)
              .transform(raw)
              .first();
      double[] found =
          row.getAs("probability") instanceof Vector vector
              ? vector.toArray()
              : row.<Double>getList(1).stream().mapToDouble(Double::doubleValue).toArray();
      assertArrayEquals(expected, found, 1e-15);
      assertEquals(0.0, row.<Double>getAs("prediction"));
    }
  }
}
