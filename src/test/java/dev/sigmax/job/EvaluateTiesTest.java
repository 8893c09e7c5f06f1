package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Classes of equal probability. A prediction is the first of them, as NumPy's argmax has it;
 * scikit-learn's {@code top_k_accuracy_score} takes the last.
 */
class EvaluateTiesTest extends JobTest {
  private JsonNode evaluated(String path) throws IOException {
    Program run = Program.run("evaluate", path, "--label", "y", "--json");
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void thePredictionIsTheFirstOfEqualClassesAndTheTopOneTheLast() throws IOException {
    for (String[] truth :
        new String[][] {
          {"a", "1.0", "0.0", "0.0"}, {"b", "0.0", "0.0", "1.0"}, {"c", "0.0", "1.0", "1.0"}
        }) {
      input(
          "a.parquet",
          "SELECT '"
              + truth[0]
              + "' AS y, 1::FLOAT AS logit_a, 1::FLOAT AS logit_b, 1::FLOAT AS logit_c");
      JsonNode measured = evaluated(in().toString());
      assertEquals(truth[1], measured.get("accuracy").asText(), truth[0]);
      assertEquals(truth[2], measured.at("/top_k/1").asText(), truth[0]);
      assertEquals(truth[3], measured.at("/top_k/2").asText(), truth[0]);
    }
  }

  @Test
  void textAndPageTellWhyTheTopOneIsNotTheAccuracy() throws IOException {
    input("a.parquet", "SELECT 'a' AS y, 1::FLOAT AS logit_a, 1::FLOAT AS logit_b");
    Path page = folder.resolve("page.html");
    Program tied =
        Program.run("evaluate", in().toString(), "--label", "y", "--html", page.toString());
    assertEquals(0, tied.code(), tied.err());
    String told =
        "Rows have several largest probabilities: the accuracy takes the first of these classes,"
            + " and top k the last, as scikit-learn does.";
    assertTrue(tied.out().contains(told), tied.out());
    assertTrue(Files.readString(page).contains(told), told);
    input("a.parquet", "SELECT 'a' AS y, 2::FLOAT AS logit_a, 1::FLOAT AS logit_b");
    Program clear = Program.run("evaluate", in().toString(), "--label", "y");
    assertFalse(clear.out().contains("several largest"), clear.out());
  }

  @Test
  void accuracyIsTheShareOfTheRunsOwnPredictions() throws IOException {
    input(
        "a.parquet",
        "SELECT IF(i < 3, 'a', 'b') AS y, (i % 2)::FLOAT AS logit_a, 0::FLOAT AS logit_b"
            + " FROM range(8) t(i)");
    assertPublished(score("multiclass", "--add", "prediction"));
    double predicted =
        ((Number) DuckDb.value("SELECT avg(IF(prediction = y, 1, 0))::DOUBLE FROM " + output()))
            .doubleValue();
    assertEquals(predicted, evaluated(out().toString()).get("accuracy").asDouble());
  }
}
