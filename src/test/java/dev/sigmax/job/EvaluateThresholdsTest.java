package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run with thresholds for some labels, evaluated with others; as DuckDB counts it. */
class EvaluateThresholdsTest extends JobTest {
  private static final String LABELS = "even,prime,has_loop,at_least_5";

  private Path publish() {
    Path input = input("a.parquet", "SELECT * FROM 'jobs/data/traits.parquet'");
    assertPublished(
        score(
            "multilabel",
            "--threshold",
            "0.4",
            "--thresholds",
            "even=0.9,prime=0.2",
            "--add",
            "prediction"));
    return input;
  }

  private Program evaluate(String... options) {
    List<String> all = new ArrayList<>(List.of("evaluate", out().toString(), "--label", LABELS));
    all.addAll(List.of(options));
    return Program.run(all.toArray(new String[0]));
  }

  private void assertAccuracy(
      double even, double prime, double hasLoop, double atLeast5, String... options)
      throws IOException {
    Object expected =
        DuckDb.value(
            ("SELECT avg(((prob_even >= %s) = even)::INT + ((prob_prime >= %s) = prime)::INT +"
                    + " ((prob_has_loop >= %s) = has_loop)::INT + ((prob_at_least_5 >= %s) ="
                    + " at_least_5)::INT) / 4 FROM "
                    + output())
                .formatted(even, prime, hasLoop, atLeast5));
    List<String> json = new ArrayList<>(List.of(options));
    json.add("--json");
    Program run = evaluate(json.toArray(new String[0]));
    assertEquals(0, run.code(), run.err());
    assertEquals(
        ((Number) expected).doubleValue(),
        new ObjectMapper().readTree(run.out()).at("/accuracy").asDouble(),
        1e-12);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsSaidOfAllLabelsHoldsForAllAndWhatIsSaidOfOneForThatOneAlone(boolean withInput)
      throws IOException {
    Path input = publish();
    if (!withInput) {
      Files.delete(input);
    }
    assertAccuracy(0.9, 0.2, 0.4, 0.4);
    assertAccuracy(0.7, 0.7, 0.7, 0.7, "--threshold", "0.7");
    assertAccuracy(0.1, 0.2, 0.4, 0.4, "--thresholds", "even=0.1");
    assertAccuracy(0.7, 0.7, 0.05, 0.7, "--threshold", "0.7", "--thresholds", "has_loop=0.05");
  }

  @Test
  void aThresholdOfNoLabelIsRefusedThoughTheInputIsGone() throws IOException {
    Files.delete(publish());
    Program run = evaluate("--thresholds", "evne=0.1");
    assertEquals(2, run.code(), run.out());
    assertTrue(run.err().contains("thresholds names evne, which is no label"), run.err());
  }
}
