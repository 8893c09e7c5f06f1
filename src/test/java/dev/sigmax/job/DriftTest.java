package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.BinnedRows;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far runs are from earlier ones, and what is too far. */
class DriftTest extends ComparedRuns {
  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"row", "columnar"})
  void theSameRowsHaveNotMovedAndPassAnyLimit(String engine) throws IOException {
    rows(0, 3000);
    assertPublished(scoreTo("day1", "multiclass"));
    Program second =
        scoreTo(
            "day2",
            "multiclass",
            "--engine",
            engine,
            "--compare-to",
            at("day1").toString(),
            "--max-drift",
            "psi=0,js=0");
    assertPublished(second);
    assertTrue(second.out().contains("drift     none since run "), second.out());
    for (String quantity : List.of("predictions", "confidence", "issues", "logits")) {
      JsonNode distance = drift("day2").at("/distances/" + quantity);
      assertEquals(0.0, distance.get("psi").doubleValue(), quantity);
      assertEquals(0.0, distance.get("js").doubleValue(), quantity);
    }
    for (String measure : List.of("psi", "js")) {
      JsonNode classes = drift("day2").at("/distances/probabilities/" + measure);
      assertEquals("[0.0,0.0,0.0]", classes.toString());
      assertEquals(0.0, drift("day2").at("/limits/" + measure).doubleValue());
    }
    assertEquals(manifest("day1").get("distribution"), drift("day2").at("/before/distribution"));
    assertEquals(manifest("day1").get("checks"), drift("day2").at("/before/checks"));
    assertEquals(manifest("day1").get("run_id"), drift("day2").at("/before/run_id"));
    assertTrue(manifest("day2").get("warnings").isEmpty());
  }

  @Test
  void rowsThatMovedTooFarAreNotPublished() throws IOException {
    rows(0, 3000);
    assertPublished(scoreTo("day1", "multiclass"));
    rows(3, 3000);
    List<String> before = names();
    Program stopped =
        scoreTo("day2", "multiclass", "--compare-to", "latest", "--max-drift", "psi=0.2");
    assertFails(
        4,
        stopped,
        "DRIFT_TOO_LARGE",
        "nothing is published",
        "psi=0.2",
        manifest("day1").get("run_id").asText(),
        at("day1").toString(),
        "predictions: psi=",
        "probability of c: psi=",
        "--compare-to");
    assertFalse(stopped.err().contains("issues: "), "what did not move is not named");
    assertEquals(before, names());
    assertFails(
        4, scoreTo("day2", "multiclass", "--compare-to", "latest", "--max-drift", "js=0.1"), "js=");
    assertEquals(before, names());
    Program allowed =
        scoreTo("day2", "multiclass", "--compare-to", "latest", "--max-drift", "psi=9", "--json");
    assertPublished(allowed);
    JsonNode printed = new ObjectMapper().readTree(allowed.out()).get("drift");
    assertEquals(at("day1").toString(), printed.get("output").asText());
    double psi = printed.get("psi").doubleValue();
    assertTrue(psi > 0.2 && psi < 9, printed.toString());
  }

  private void assertDistances(String where, String bin, int bins, String then, String now)
      throws IOException {
    List<Object> expected = BinnedRows.distances(bin, bins, then, now);
    String[] places = where.split(" ", -1);
    assertEquals(
        (Double) expected.get(0), drift("day2").at(places[0]).doubleValue(), 1e-12, places[0]);
    assertEquals(
        (Double) expected.get(1), drift("day2").at(places[1]).doubleValue(), 1e-12, places[1]);
    assertTrue((Double) expected.get(0) > 0, "it moved");
  }

  @Test
  void aDatabaseFindsTheSameDistancesBetweenTheTwoOutputs() throws IOException {
    rows(0, 3000);
    assertPublished(scoreTo("day1", "multiclass"));
    rows(2, 1700);
    assertPublished(scoreTo("day2", "multiclass", "--compare-to", "latest"));
    String all = "SELECT * FROM '%s/*.parquet'";
    String then = all.formatted(at("day1"));
    String now = all.formatted(at("day2"));
    String of = "/distances/%1$s/psi /distances/%1$s/js";
    assertDistances(of.formatted("predictions"), BinnedRows.PREDICTION, 3, then, now);
    assertDistances(of.formatted("confidence"), BinnedRows.CONFIDENCE, 16, then, now);
    assertDistances(
        "/distances/probabilities/psi/2 /distances/probabilities/js/2",
        BinnedRows.probability("prob_c"),
        16,
        then,
        now);
    String logits = "SELECT unnest([logit_a, logit_b, logit_c])::DOUBLE AS z FROM (%s)";
    assertDistances(
        of.formatted("logits"),
        BinnedRows.logit("z"),
        32,
        logits.formatted(ROWS.formatted(0, 3000)),
        logits.formatted(ROWS.formatted(2, 1700)));
  }

  @Test
  void issuesAreRowsLikeOthers() throws IOException {
    String badRows =
        "SELECT CASE WHEN i < %d THEN NULL ELSE 1::FLOAT END AS logit_a, 2::FLOAT AS logit_b FROM"
            + " range(100) t(i)";
    input("a.parquet", badRows.formatted(10));
    assertPublished(scoreTo("day1", "multiclass", "--on-bad-row", "null"));
    input("a.parquet", badRows.formatted(20));
    assertPublished(
        scoreTo("day2", "multiclass", "--on-bad-row", "quarantine", "--compare-to", "latest"));
    // (0.9 - 0.8) ln(9/8) + (0.2 - 0.1) ln 2 = 0.1 ln(9/4)
    assertEquals(
        0.08109302162163289, drift("day2").at("/distances/issues/psi").doubleValue(), 1e-15);
    assertEquals(0.0, drift("day2").at("/distances/predictions/psi").doubleValue());
    assertFails(
        4,
        scoreTo(
            "day3",
            "multiclass",
            "--on-bad-row",
            "null",
            "--compare-to",
            at("day1").toString(),
            "--max-drift",
            "psi=0.08"),
        "issues: psi=0.08109 (then 10 of 100 rows bad; now 20 of 100 rows bad)");
  }

  @Test
  void decisionsAgainstAllLabelsAreABinOfTheirOwn() throws IOException {
    String labels =
        "SELECT (CASE WHEN i < %d THEN 1 ELSE -1 END)::FLOAT AS logit_a, (CASE WHEN i < 50 THEN 1"
            + " ELSE -1 END)::FLOAT AS logit_b FROM range(100) t(i)";
    input("a.parquet", labels.formatted(20));
    assertPublished(scoreTo("day1", "multilabel"));
    input("a.parquet", labels.formatted(40));
    assertPublished(scoreTo("day2", "multilabel", "--compare-to", "latest"));
    // Of 200 decisions 20, 50 and 130 against, then 40, 50 and 110: 0.1 ln 2 + 0.1 ln(13/11).
    assertEquals(
        0.08602012652231115, drift("day2").at("/distances/predictions/psi").doubleValue(), 1e-15);
  }
}
