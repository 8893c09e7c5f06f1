package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What calibrate, evaluate and score say of pairs whose labels are known. */
class PairEvaluationTest extends JobTest {
  @Test
  void aPairIsCalibratedAndEvaluatedAsTheLogOddsItStandsFor() throws IOException {
    String tumours = "FROM 'jobs/data/tumours.parquet'";
    input("one/a.parquet", "SELECT logit AS z, benign " + tumours);
    input("two/a.parquet", "SELECT [-logit, logit] AS z, benign " + tumours);
    input("half/a.parquet", "SELECT [-logit / 2, logit / 2] AS z, benign " + tumours);
    JsonNode calibration = calibrated("one", "margin");
    assertEquals(calibration, calibrated("two", "pair"));
    assertEquals(calibration, calibrated("half", "doubled_margin"));
    JsonNode measured = withoutOther(evaluated("one", "margin"));
    assertEquals(measured, withoutOther(evaluated("two", "pair")));
    assertEquals(measured, withoutOther(evaluated("half", "doubled_margin")));

    String file = path("calibrated-one.json");
    String bits = "";
    for (String[] each :
        new String[][] {{"one", "margin"}, {"two", "pair"}, {"half", "doubled_margin"}}) {
      assertPublished(
          scoreFrom(
              in().resolve(each[0]).toString(),
              "binary",
              "--logits",
              "z",
              "--raw-layout",
              each[1],
              "--calibration",
              file,
              "--layout",
              "columns",
              "--replace"));
      String found = outputRows("*").toString();
      assertEquals(bits.isEmpty() ? found : bits, found);
      bits = found;
    }
  }

  private JsonNode calibrated(String input, String layout) throws IOException {
    Path file = Path.of(path("calibrated-" + input + ".json"));
    labelled("calibrate", input, layout, "--write", file.toString());
    JsonNode written = new ObjectMapper().readTree(file.toFile());
    return new ObjectMapper()
        .createArrayNode()
        .add(written.get("slope"))
        .add(written.get("offset"));
  }

  @Test
  void theOtherFunctionOfAPairIsTheSoftmaxOrSigmoidOfItsNumbers() throws IOException {
    String tumours = "FROM 'jobs/data/tumours.parquet'";
    input("one/a.parquet", "SELECT logit AS z, benign " + tumours);
    input("two/a.parquet", "SELECT [-logit, logit] AS z, benign " + tumours);
    input("half/a.parquet", "SELECT [-logit / 2, logit / 2] AS z, benign " + tumours);
    // A softmax of one number is always 1.
    JsonNode ofOne = evaluated("one", "margin").get("wrong_function");
    assertEquals("softmax", ofOne.get("name").asText());
    assertEquals("Infinity", ofOne.get("loss").asText());
    assertOther("softmax", "2 * logit", evaluated("two", "pair"));
    assertOther("softmax", "logit", evaluated("two", "pair", "--temperature", "2"));
    assertOther("sigmoid", "logit / 2", evaluated("half", "doubled_margin"));
    assertOther("sigmoid", "logit", evaluated("half", "doubled_margin", "--temperature", "0.5"));
  }

  /** Holds the other function's cost against that of a sigmoid of log-odds, by DuckDB. */
  private static void assertOther(String name, String logOdds, JsonNode evaluated) {
    JsonNode other = evaluated.get("wrong_function");
    assertEquals(name, other.get("name").asText());
    List<Object> expected =
        DuckDb.rows(
                "SELECT avg(ln(1 + exp(if(benign = 1, -x, x)))), avg((1 / (1 + exp(-x)) - benign) ^ 2)"
                    + " FROM (SELECT ("
                    + logOdds
                    + ")::DOUBLE AS x, benign::INT AS benign FROM 'jobs/data/tumours.parquet')")
            .get(0);
    assertEquals((double) expected.get(0), other.get("loss").doubleValue(), 1e-12);
    assertEquals((double) expected.get(1), other.get("brier").doubleValue(), 1e-12);
    assertEquals(evaluated.get("loss"), other.get("right_loss"));
  }

  private static JsonNode withoutOther(JsonNode evaluated) {
    return ((ObjectNode) evaluated).without("wrong_function");
  }

  private JsonNode evaluated(String input, String layout, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--json"));
    all.addAll(List.of(options));
    String json = labelled("evaluate", input, layout, all.toArray(new String[0]));
    return new ObjectMapper().readTree(json.replace(in().toString() + "/" + input, ""));
  }

  private String labelled(String command, String input, String layout, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                command,
                in().resolve(input).toString(),
                "--label",
                "benign",
                "--logits",
                "z",
                "--raw-layout",
                layout));
    all.addAll(List.of(options));
    Program run = Program.run(all.toArray(new String[0]));
    assertEquals(0, run.code(), run.err());
    return run.out();
  }
}
