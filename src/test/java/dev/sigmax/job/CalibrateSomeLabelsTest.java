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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Labels of a multilabel task that hold in no row, or in each. */
class CalibrateSomeLabelsTest extends JobTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The sample data with a label that never holds, whose logit says little. */
  private static final String WITH_ABSENT =
      "SELECT *, sin(image_id)::FLOAT AS logit_absent, false AS absent FROM"
          + " 'jobs/data/traits.parquet'";

  private Path file() {
    return folder.resolve("calibration.json");
  }

  private Program calibrate(String labels, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("calibrate", in().toString(), "--label", labels, "--write", file().toString()));
    all.addAll(List.of(options));
    return Program.run(all.toArray(new String[0]));
  }

  @Test
  void labelsOfOneAnswerAloneAreAllNamedWithWhatToDo() {
    input(
        "a.parquet",
        "SELECT sin(i)::DOUBLE AS logit_a, cos(i)::DOUBLE AS logit_b, cos(2 * i)::DOUBLE AS logit_c,"
            + " sin(3 * i)::DOUBLE AS logit_d, hash(i) % 2 = 0 AS a, false AS b, true AS c, false AS d"
            + " FROM range(90) t(i)");
    assertRefused(
        3,
        calibrate("a,b,c,d"),
        "no calibration can be fitted: the labels b, d never hold, and the label c always holds, so"
            + " there is nothing to fit a slope to. Take rows of both kinds, or name such labels with"
            + " --uncalibrated: their logits then stay as they are.",
        "[CALIBRATION_NOT_FITTED]");
    assertRefused(
        3, calibrate("a,b,c,d", "--uncalibrated", "b,c"), ": the label d never holds, so");
    assertFalse(Files.exists(file()));
  }

  @Test
  void aLabelThatIsLeftAloneKeepsItsLogitsAndTheOthersAreFittedAsNumpyDoesIt() throws IOException {
    input("a.parquet", WITH_ABSENT);
    Program run = calibrate("even,prime,has_loop,at_least_5,absent", "--uncalibrated", "absent");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().matches("(?s).*\n  uncalibrated +absent, as asked for\n.*"), run.out());
    JsonNode written = JSON.readTree(file().toFile());
    JsonNode golden =
        JSON.readTree(Path.of("src/test/resources/golden/calibrate.json").toFile()).get("traits");
    for (String key : List.of("slope", "offset")) {
      assertEquals(5, written.get(key).size());
      for (int i = 0; i < 4; i++) {
        assertEquals(
            golden.at("/" + key + "/" + i).asDouble(),
            written.at("/" + key + "/" + i).asDouble(),
            1e-11,
            key);
      }
    }
    assertEquals(1.0, written.at("/slope/4").asDouble());
    assertEquals(0.0, written.at("/offset/4").asDouble());
    assertEquals("[\"absent\"]", written.at("/fitted/uncalibrated").toString());

    assertPublished(score("multilabel"));
    String plain = Files.move(out(), folder.resolve("plain")).toString();
    assertPublished(score("multilabel", "--calibration", file().toString()));
    String both = plain + "/*.parquet' a JOIN '" + out() + "/*.parquet' b USING (image_id)";
    String same = "SELECT count(*) FROM '" + both + " WHERE a.%1$s = b.%1$s";
    assertEquals(899L, DuckDb.value(same.formatted("prob_absent")));
    assertTrue((Long) DuckDb.value(same.formatted("prob_even")) < 90, "the others are calibrated");
  }

  @Test
  void whatIsNoLabelOfAMultilabelTaskIsRefused() {
    input("a.parquet", WITH_ABSENT);
    assertRefused(
        2,
        calibrate("even,prime,has_loop,at_least_5,absent", "--uncalibrated", "absnt"),
        "--uncalibrated names absnt, which is no label.",
        "Is absent meant?",
        "[LABELS_DO_NOT_FIT]");
    assertRefused(
        2,
        Program.run(
            "calibrate",
            "jobs/data/digits.parquet",
            "--label",
            "digit",
            "--write",
            file().toString(),
            "--uncalibrated",
            "3"),
        "--uncalibrated names labels of a multilabel task",
        "this one is multiclass",
        "[OPTIONS_CONFLICT]");
  }
}
