package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigmax.testing.BinnedRows;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runs of a folder over time. */
class HistoryTest extends JobTest {
  /** Logits of three classes, the third of them moved by so much, and so many rows bad. */
  private static final String ROWS =
      "SELECT i AS id, (hash(i) %% 2000 / 100.0 - 10)::FLOAT AS logit_a, CASE WHEN i < %3$d THEN NULL"
          + " ELSE (hash(i + 7) %% 9)::FLOAT END AS logit_b, (hash(i + 9) %% 9 + %1$d)::FLOAT AS"
          + " logit_c FROM range(%2$d) t(i)";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final long A_MOMENT_MILLIS = 300;

  private Path runs() {
    return folder.resolve("runs");
  }

  private Path manifestOf(String name) {
    return runs().resolve(name).resolve("_sigmax/manifest.json");
  }

  private void publish(String name, String task, String rows, String... options)
      throws IOException {
    Files.createDirectories(runs());
    input("a.parquet", rows);
    List<String> command =
        new ArrayList<>(List.of("score", "--input", in().toString(), "--task", task));
    command.addAll(List.of("--output", runs().resolve(name).toString()));
    command.addAll(List.of(options));
    assertPublished(Program.run(command.toArray(new String[0])));
  }

  /** As if the run had been published at another time. */
  private void publishedAt(String name, String time) throws IOException {
    ObjectNode manifest = (ObjectNode) JSON.readTree(manifestOf(name).toFile());
    Files.writeString(manifestOf(name), manifest.put("published_at", time).toString());
  }

  private void threeDays() throws IOException {
    publish("day1", "multiclass", ROWS.formatted(0, 3000, 0), "--run-id", "first");
    publish("day2", "multiclass", ROWS.formatted(2, 1700, 17), "--on-bad-row", "null");
    publish("day3", "multiclass", ROWS.formatted(2, 1700, 0), "--temperature", "2");
    publishedAt("day1", "2026-03-01T04:00:00Z");
    publishedAt("day2", "2026-03-02T04:00:00Z");
    publishedAt("day3", "2026-03-03T04:30:00Z");
  }

  private Program history(String... options) {
    List<String> command = new ArrayList<>(List.of("history", runs().toString()));
    command.addAll(List.of(options));
    return Program.run(command.toArray(new String[0]));
  }

  private JsonNode json() throws IOException {
    Program run = history("--json");
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(run.out());
  }

  /** The scored rows of a run. */
  private String scored(String name) {
    return "SELECT * FROM '" + runs().resolve(name) + "/*.parquet' WHERE row_issue IS NULL";
  }

  @Test
  void aDatabaseFindsTheSameNumbersInTheOutputs() throws IOException {
    threeDays();
    JsonNode kind = json().at("/kinds/0");
    assertEquals("multiclass", kind.at("/task").asText());
    assertEquals("[\"a\",\"b\",\"c\"]", kind.at("/labels").toString());
    assertEquals(3, kind.at("/runs").size());
    for (int day = 1; day <= 3; day++) {
      JsonNode run = kind.at("/runs/" + (day - 1));
      String name = "day" + day;
      assertEquals(runs().resolve(name).toString(), run.at("/output").asText());
      assertEquals(
          DuckDb.value("SELECT count(*) FROM '" + runs().resolve(name) + "/*.parquet'"),
          run.at("/rows").longValue());
      double confidence =
          (Double)
              DuckDb.value(
                  "SELECT avg(greatest(prob_a, prob_b, prob_c)::DOUBLE) FROM ("
                      + scored(name)
                      + ")");
      assertEquals(confidence, run.at("/mean_confidence").doubleValue(), 1e-9, name);
    }
    assertEquals("first", kind.at("/runs/0/run_id").asText());
    assertTrue(kind.at("/runs/0/since").isNull());
    assertEquals(17, kind.at("/runs/1/bad_rows").longValue());
    assertEquals(0.01, kind.at("/runs/1/bad_share").doubleValue(), 1e-15);
    assertEquals("bad rows", kind.at("/runs/1/verdict").asText());
    assertEquals("good", kind.at("/runs/2/verdict").asText());
    assertEquals("first", kind.at("/runs/1/since/run_id").asText());
  }

  @Test
  void aDatabaseFindsTheSameDistancesFromTheRunBefore() throws IOException {
    threeDays();
    JsonNode since = json().at("/kinds/0/runs/2/since");
    // The logits of both runs are the same but for the bad rows, which are not counted.
    List<List<Object>> distances = new ArrayList<>();
    for (List<Object> quantity :
        List.<List<Object>>of(
            List.of(BinnedRows.PREDICTION, 3),
            List.of(BinnedRows.CONFIDENCE, 16),
            List.of(BinnedRows.probability("prob_a"), 16),
            List.of(BinnedRows.probability("prob_b"), 16),
            List.of(BinnedRows.probability("prob_c"), 16))) {
      distances.add(
          BinnedRows.distances(
              (String) quantity.get(0), (Integer) quantity.get(1), scored("day2"), scored("day3")));
    }
    assertEquals(largest(distances, 0), since.at("/psi").doubleValue(), 1e-12);
    assertEquals(largest(distances, 1), since.at("/js").doubleValue(), 1e-12);
    String share = "SELECT avg((%s = %d)::INT) FROM (%s)";
    List<Double> changes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      double then =
          (Double) DuckDb.value(share.formatted(BinnedRows.PREDICTION, i, scored("day2")));
      double now = (Double) DuckDb.value(share.formatted(BinnedRows.PREDICTION, i, scored("day3")));
      changes.add(now - then);
    }
    int most = 0;
    for (int i = 1; i < 3; i++) {
      most = Math.abs(changes.get(i)) > Math.abs(changes.get(most)) ? i : most;
    }
    JsonNode shift = since.at("/class_shift");
    assertEquals(List.of("a", "b", "c").get(most), shift.at("/label").asText());
    assertEquals(
        changes.get(most), shift.at("/now").doubleValue() - shift.at("/then").doubleValue(), 1e-12);
  }

  private static double largest(List<List<Object>> distances, int measure) {
    return distances.stream()
        .mapToDouble(distance -> (Double) distance.get(measure))
        .max()
        .orElseThrow();
  }

  @Test
  void aTerminalShowsARunInALineInTheOrderOfPublication() throws IOException {
    threeDays();
    publishedAt("day1", "2026-03-09T04:00:00Z");
    Program run = history();
    assertEquals(0, run.code(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals("3 runs, multiclass, 3 classes", lines.get(0));
    assertTrue(lines.get(1).startsWith("  published, UTC "), lines.get(1));
    assertTrue(
        lines
            .get(2)
            .matches("  2026-03-02 04:00 .* 1,700 +17 [(]1.0 %[)] .* - +- +- .*bad rows +day2"),
        lines.get(2));
    assertTrue(lines.get(3).matches("  2026-03-03 04:30 .* 1,700 +0 .* good +day3"), lines.get(3));
    assertTrue(
        lines
            .get(4)
            .matches("  2026-03-09 04:00 +first +3,000 +0 .*: [+-][0-9.]+ points .* good +day1"),
        lines.get(4));
    assertEquals(6, lines.size(), run.out());
  }

  @Test
  void aRunOfBadRowsAloneHasAHundredPercentOfThem() throws IOException {
    publish(
        "day1",
        "multiclass",
        ROWS.formatted(0, 20, 20),
        "--on-bad-row",
        "null",
        "--max-bad-rows",
        "100%");
    String text = history().out();
    assertTrue(text.contains(" 20 (100 %) "), text);
  }

  @Test
  void runsOfOtherTasksOrClassesAreComparedAmongThemselves() throws IOException {
    publish("a1", "multiclass", ROWS.formatted(0, 100, 0));
    publish("b1", "multilabel", ROWS.formatted(0, 100, 0));
    publish("c1", "multiclass", ROWS.formatted(0, 100, 0), "--labels", "x,y,z");
    publish("a2", "multiclass", ROWS.formatted(0, 100, 0), "--codec", "zstd");
    JsonNode kinds = json().at("/kinds");
    assertEquals(3, kinds.size());
    assertEquals(2, kinds.at("/0/runs").size());
    assertTrue(kinds.at("/0/runs/1/since/output").asText().endsWith("/a1"));
    assertEquals(0.0, kinds.at("/0/runs/1/since/psi").doubleValue());
    assertEquals("multilabel", kinds.at("/1/task").asText());
    assertEquals("[\"x\",\"y\",\"z\"]", kinds.at("/2/labels").toString());
    assertTrue(kinds.at("/2/runs/0/since").isNull());
    String text = history().out();
    assertTrue(text.contains("1 run, multilabel, 3 classes\n"), text);
    // Two kinds are alike but for their classes.
    assertTrue(text.contains("2 runs, multiclass, 3 classes: a, b, c\n"), text);
    assertTrue(text.contains("1 run, multiclass, 3 classes: x, y, z\n"), text);
    assertTrue(
        text.contains("Runs are compared with earlier ones of the same task and classes."), text);
  }

  @Test
  void whatCannotBeShownIsNamedWithTheReason() throws IOException {
    publish("day1", "multiclass", ROWS.formatted(0, 100, 0));
    Files.createDirectories(runs().resolve("no-run"));
    Files.createDirectories(manifestOf("damaged").getParent());
    Files.writeString(manifestOf("damaged"), "{\"run_id\":");
    publish("old", "multiclass", ROWS.formatted(0, 100, 0));
    ObjectNode manifest = (ObjectNode) JSON.readTree(manifestOf("old").toFile());
    ((ObjectNode) manifest.get("job")).put("task", "regression");
    Files.writeString(manifestOf("old"), manifest.toString());
    publish("half", "multiclass", ROWS.formatted(0, 100, 0));
    manifest = (ObjectNode) JSON.readTree(manifestOf("half").toFile());
    ((ObjectNode) manifest.get("distribution")).remove("predictions");
    Files.writeString(manifestOf("half"), manifest.toString());
    JsonNode json = json();
    assertEquals(1, json.at("/kinds/0/runs").size());
    List<String> reasons = new ArrayList<>();
    json.at("/not_shown").forEach(left -> reasons.add(left.at("/why").asText()));
    assertEquals(4, reasons.size(), reasons.toString());
    String text = history().out();
    for (String reason : reasons) {
      assertTrue(text.contains("Not shown: " + reason), text);
    }
    for (String part :
        List.of(
            "damaged/_sigmax/manifest.json cannot be read",
            "half/_sigmax/manifest.json is not whole",
            "no run is published in the folder " + runs().resolve("no-run"),
            "old names no task")) {
      assertTrue(reasons.stream().anyMatch(reason -> reason.contains(part)), part + reasons);
    }
  }

  @Test
  void anOutputThatACutOffReplacementHasSetAsideIsNamed() throws IOException {
    publish("day1", "multiclass", ROWS.formatted(0, 100, 0));
    publish("day2", "multiclass", ROWS.formatted(2, 100, 0));
    Path aside = runs().resolve(".day2.sigmax-replaced-0123456789ab");
    Files.move(runs().resolve("day2"), aside);
    JsonNode json = json();
    assertEquals(1, json.at("/kinds/0/runs").size());
    assertEquals(1, json.at("/not_shown").size());
    String why = json.at("/not_shown/0/why").asText();
    for (String part : List.of("no run at " + runs().resolve("day2"), aside.toString(), "clean")) {
      assertTrue(why.contains(part), why);
    }
    Files.move(aside, runs().resolve("day2"));
    assertTrue(json().at("/not_shown").isEmpty());
    assertEquals(2, json().at("/kinds/0/runs").size());
  }

  @Test
  void anOutputThatIsJustBeingReplacedIsShown() throws Exception {
    publish("day1", "multiclass", ROWS.formatted(0, 100, 0));
    Path aside = runs().resolve(".day1.sigmax-replaced-0123456789ab");
    Files.move(runs().resolve("day1"), aside);
    Thread replacement =
        new Thread(
            () -> {
              try {
                Thread.sleep(A_MOMENT_MILLIS);
                Files.move(aside, runs().resolve("day1"));
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    replacement.start();
    assertEquals(1, json().at("/kinds/0/runs").size());
    replacement.join();
  }

  @Test
  void aRunWithoutCountsHasALineWithoutThem() throws IOException {
    publish("day1", "multiclass", ROWS.formatted(0, 100, 0));
    ObjectNode manifest = (ObjectNode) JSON.readTree(manifestOf("day1").toFile());
    manifest.remove("distribution");
    Files.writeString(manifestOf("day1"), manifest.toString());
    publish("day2", "multiclass", ROWS.formatted(0, 0, 0));
    JsonNode runs = json().at("/kinds/0/runs");
    assertTrue(runs.at("/0/mean_confidence").isNull());
    assertTrue(runs.at("/1/since/psi").isNull());
    assertTrue(runs.at("/1/since/class_shift").isNull());
    publish("day3", "multiclass", ROWS.formatted(0, 50, 0));
    publishedAt("day2", "2026-03-01T04:00:00Z");
    JsonNode since = json().at("/kinds/0/runs/2/since");
    assertTrue(since.at("/psi").isNull(), "issues alone are not the scores");
    assertTrue(since.at("/not_compared").toString().contains("\"confidence\""), since.toString());
    assertEquals(0, history("--html", folder.resolve("page.html").toString()).code());
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void thePageDrawsLinesAndLoadsNothing() throws IOException {
    threeDays();
    Path page = folder.resolve("history.html");
    Program run = history("--html", page.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("written to " + page), run.out());
    String html = Files.readString(page);
    assertTrue(
        html.contains(
            "<h1 class=\"good\">3 runs, the latest published 2026-03-03 04:30 UTC: good</h1>"),
        html);
    assertEquals(5, count(html, "role=\"img\""), html);
    assertEquals(5, count(html, "<details>"), html);
    for (String shown :
        List.of(
            "Distance from the run before",
            "Confidence",
            "Share of predictions",
            "Bad rows",
            "<td>0.010000</td>",
            "2026-03-02 04:00 day2")) {
      assertTrue(html.contains(shown), shown);
    }
    for (String loading : List.of("src=", "href=", "url(", "@import", "<script", "<link", "http")) {
      assertFalse(html.replace("http-equiv", "").contains(loading), loading);
    }
    try (Stream<Path> beside = Files.list(runs())) {
      assertEquals(3, beside.count(), "nothing is written beside the runs");
    }
  }

  @Test
  void ofARunWithTheSameBitsNothingIsSaidToHaveMoved() throws IOException {
    publish("day1", "multiclass", ROWS.formatted(0, 500, 0));
    publish("day2", "multiclass", ROWS.formatted(0, 500, 0));
    publishedAt("day1", "2026-03-01T04:00:00Z");
    JsonNode since = json().at("/kinds/0/runs/1/since");
    assertEquals(0, since.at("/psi").doubleValue());
    assertTrue(since.at("/furthest").isNull(), since.toString());
    Path page = folder.resolve("page.html");
    assertEquals(0, history("--html", page.toString()).code());
    String html = Files.readString(page);
    assertTrue(html.contains("; since the one before it nothing moved."), html);
    assertFalse(html.contains("moved furthest"), html);
  }

  @Test
  void aPageThatIsThereIsNotWrittenOverUnlessAsked() throws IOException {
    publish("day1", "multiclass", ROWS.formatted(0, 100, 0));
    Path page = Files.writeString(folder.resolve("page.html"), "mine");
    Program refused = history("--html", page.toString());
    assertEquals(5, refused.code(), refused.err());
    assertTrue(refused.err().contains("OUTPUT_EXISTS"), refused.err());
    assertTrue(refused.err().contains("--replace"), refused.err());
    assertEquals("mine", Files.readString(page));
    assertEquals(0, history("--html", page.toString(), "--replace").code());
    assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
    assertEquals(2, history("--replace").code());
    assertEquals(5, history("--html", folder.resolve("none/page.html").toString()).code());
  }

  @Test
  void aFolderWithoutRunsIsRefusedWithWhatToDo() throws IOException {
    Program nowhere = history();
    assertEquals(3, nowhere.code(), nowhere.err());
    assertTrue(nowhere.err().contains("there is no folder " + runs()), nowhere.err());
    Files.createDirectories(runs().resolve("no-run"));
    Program none = history();
    assertEquals(3, none.code(), none.err());
    assertTrue(none.err().contains("RUN_NOT_PUBLISHED"), none.err());
    assertTrue(none.err().contains("Name the folder that the outputs of runs lie in"), none.err());
    publish("day1", "multiclass", ROWS.formatted(0, 100, 0));
    Program output = Program.run("history", runs().resolve("day1").toString());
    assertEquals(3, output.code(), output.err());
    assertTrue(output.err().contains("history takes the folder"), output.err());
    assertTrue(output.err().contains(runs() + ". "), output.err());
  }
}
