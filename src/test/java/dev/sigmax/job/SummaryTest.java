package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code score} prints of a run that ended well. */
class SummaryTest extends JobTest {
  private static JsonNode json(Program run) throws IOException {
    assertPublished(run);
    assertEquals(1, run.out().lines().count(), run.out());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void jsonIsOneObjectForMachinesQuietOrNot() throws IOException {
    input("a.parquet", THREE_ROWS + " UNION ALL SELECT 4, NULL, 1, 1");
    String[] options = {"--on-bad-row", "quarantine", "--json", "--engine", "row"};
    JsonNode published = json(score("multiclass", options));
    assertEquals("published", published.get("outcome").asText());
    assertEquals(manifest().get("run_id"), published.get("run_id"));
    assertEquals(out().toString(), published.get("output").asText().replaceFirst("^file:", ""));
    assertEquals(4, published.get("rows").asInt());
    assertEquals(1, published.get("bad_rows").asInt());
    assertEquals("{\"null\":1}", published.get("issues").toString());
    assertEquals(3, published.get("rows_published").asInt());
    assertEquals(1, published.get("rows_in_quarantine").asInt());
    assertEquals(manifest().at("/checks/row_sum"), published.get("row_sum"));
    assertTrue(published.at("/timing_ms/total").isNumber());
    JsonNode again =
        json(
            score(
                "multiclass",
                "--on-bad-row",
                "quarantine",
                "--json",
                "--quiet",
                "--engine",
                "row"));
    assertEquals("already_published", again.get("outcome").asText());
    JsonNode planned = json(score("multiclass", "--json", "--replace", "--dry-run"));
    assertEquals("planned", planned.get("outcome").asText());
  }

  @Test
  void aFolderIsToldByTheSamePathWhoeverLooksAtIt() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--on-bad-row", "null"));
    Path relative = Path.of("").toAbsolutePath().relativize(out().toAbsolutePath());
    Program verified = Program.run("verify", relative.toString());
    assertEquals(0, verified.code(), verified.err());
    assertTrue(verified.out().contains("  output    " + out() + "\n"), verified.out());
  }

  @Test
  void quietPrintsNothingUnlessItFails() {
    input("a.parquet", THREE_ROWS);
    Program run = score("multiclass", "--quiet", "--engine", "row");
    assertPublished(run);
    assertEquals("", run.out());
    assertFalse(run.err().contains("published"), run.err());
    Program refused = score("multilabel", "--quiet");
    assertEquals(5, refused.code());
    assertTrue(refused.err().startsWith("sigmax: "), refused.err());
  }

  @Test
  void theSummaryTellsWhatTakesTheProbabilitiesPlace() {
    input("a.parquet", THREE_ROWS);
    Program run = score("multiclass", "--layout", "none", "--add", "prediction,top_k=2");
    assertPublished(run);
    assertTrue(run.out().contains("id kept; no probabilities; prediction, top_k=2"), run.out());
  }

  @Test
  void numbersAreToldInWords() {
    input(
        "a.parquet",
        "SELECT CASE WHEN i < 3 THEN 'nan'::FLOAT WHEN i < 5 THEN NULL ELSE 1 END AS logit_a FROM"
            + " range(90) t(i)");
    Program run = score("multilabel", "--on-bad-row", "null");
    assertPublished(run);
    assertTrue(run.out().contains("  bad rows  5: 3 nan, 2 null\n"), run.out());
    assertTrue(
        run.out().contains("; 1 probability\n") || run.out().contains("columns   1 probability\n"),
        run.out());
  }
}
