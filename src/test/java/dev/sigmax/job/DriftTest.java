package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigmax.testing.BinnedRows;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are held against earlier ones. */
class DriftTest extends JobTest {
  /** Logits of three classes, the third of them moved by so much. */
  private static final String ROWS =
      "SELECT i AS id, (hash(i) %% 2000 / 100.0 - 10)::FLOAT AS logit_a, (hash(i + 7) %% 9)::FLOAT AS"
          + " logit_b, (hash(i + 9) %% 9 + %s)::FLOAT AS logit_c FROM range(%d) t(i)";

  private Path at(String name) {
    return folder.resolve(name);
  }

  private Program scoreTo(String name, String task, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score", "--input", in().toString(), "--output", at(name).toString(), "--task"));
    all.add(task);
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  private void rows(int shift, int count) {
    input("a.parquet", ROWS.formatted(shift, count));
  }

  private Path manifestAt(String name) {
    return at(name).resolve("_sigmax/manifest.json");
  }

  private JsonNode manifest(String name) throws IOException {
    return new ObjectMapper().readTree(manifestAt(name).toFile());
  }

  private JsonNode drift(String name) throws IOException {
    return manifest(name).get("drift");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertFails(int code, Program run, String... parts) throws IOException {
    assertEquals(code, run.code(), run.err() + run.out());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
    assertNoLitter();
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
  void latestIsTheRunThatWasPublishedLastBesideTheOutput() throws IOException {
    rows(0, 100);
    for (String name : List.of("b", "c", "a")) {
      assertPublished(scoreTo(name, "multiclass", "--run-id", "run-" + name));
    }
    // A restored copy is as old as its run, not as its files.
    Files.setLastModifiedTime(
        manifestAt("b"),
        java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    Files.createDirectories(at("_hidden/_sigmax"));
    Files.writeString(at("_hidden/_sigmax/manifest.json"), "{}");
    Files.createDirectories(at("no-run"));
    Files.createDirectories(at("damaged/_sigmax"));
    Files.writeString(at("damaged/_sigmax/manifest.json"), "{\"run_id\":");
    assertPublished(scoreTo("d", "multiclass", "--compare-to", "latest", "--run-id", "run-d"));
    assertEquals("run-a", drift("d").at("/before/run_id").asText());
    String warnings = manifest("d").get("warnings").toString();
    assertTrue(warnings.contains(manifestAt("damaged").toString()), warnings);
    assertEquals(1, manifest("d").get("warnings").size(), warnings);
    assertPublished(
        scoreTo("d", "multiclass", "--compare-to", "latest", "--temperature", "2", "--replace"));
    assertEquals("run-d", drift("d").at("/before/run_id").asText(), "the one that is replaced");
  }

  @Test
  void withoutAnEarlierRunAJobGoesOnAndSaysSo() throws IOException {
    rows(0, 100);
    assertPublished(
        scoreTo("day1", "multiclass", "--compare-to", "latest", "--max-drift", "psi=0.1"));
    assertTrue(drift("day1").isNull());
    String warning = manifest("day1").at("/warnings/0").asText();
    assertEquals(
        "The run is compared with no earlier one: none is published in file:" + folder + " yet.",
        warning);
  }

  @Test
  void whatARunIsComparedWithIsNoPartOfIt() throws IOException {
    rows(0, 100);
    assertPublished(scoreTo("day1", "multiclass"));
    assertPublished(scoreTo("day2", "multiclass", "--compare-to", "latest"));
    for (String other : List.of("latest", at("nowhere").toString())) {
      Program again = scoreTo("day2", "multiclass", "--compare-to", other, "--max-drift", "psi=0");
      assertPublished(again);
      assertTrue(again.out().startsWith("already published"), again.out());
    }
    assertEquals(manifest("day1").get("run_id"), manifest("day2").get("run_id"));
    assertFalse(manifest("day2").get("job").has("compare-to"));
  }

  @Test
  void runsThatCannotBeComparedAreRefused() throws IOException {
    rows(0, 100);
    assertPublished(scoreTo("day1", "multiclass"));
    assertFails(
        2,
        scoreTo("day2", "multilabel", "--compare-to", "latest"),
        "RUNS_NOT_COMPARABLE",
        "has the task multiclass, and this one has multilabel");
    assertFails(
        2,
        scoreTo("day2", "multiclass", "--labels", "x,y,z", "--compare-to", "latest", "--dry-run"),
        "RUNS_NOT_COMPARABLE",
        "has the classes a, b, c, and this one has x, y, z");
    assertFails(
        3,
        scoreTo("day2", "multiclass", "--compare-to", at("nowhere").toString()),
        "RUN_NOT_PUBLISHED",
        "no run is published at");
    Files.writeString(manifestAt("day1"), "{}");
    assertFails(
        3,
        scoreTo("day2", "multiclass", "--compare-to", at("day1").toString()),
        "MANIFEST_DAMAGED",
        manifestAt("day1").toString());
    assertFalse(Files.exists(at("day2")));
  }

  @Test
  void limitsThatMeanNothingAreRefused() throws IOException {
    rows(0, 100);
    assertFails(
        2,
        scoreTo("day1", "multiclass", "--max-drift", "psi=0.2"),
        "OPTION_MISSING",
        "--compare-to");
    for (String limit : List.of("ks=0.1", "psi", "psi=-1", "psi=nan", "js=0.84", "psi=1,psi=2")) {
      assertFails(
          2,
          scoreTo("day1", "multiclass", "--compare-to", "latest", "--max-drift", limit),
          "OPTION_VALUE",
          "max-drift");
    }
  }

  @Test
  void aJobFileNamesTheEarlierRunAndTheLimits() throws IOException {
    rows(0, 100);
    assertPublished(scoreTo("day1", "multiclass"));
    rows(3, 100);
    String job = "input: in\noutput: day2\ntask: multiclass\ncompare-to: %s\nmax-drift: %s\n";
    Path file = at("job.yaml");
    Files.writeString(file, job.formatted("day1", "{psi: 0.2, js: 0.5}"));
    assertFails(4, Program.run("score", file.toString()), "DRIFT_TOO_LARGE", "psi=0.2");
    Files.writeString(file, job.formatted("latest", "psi=5"));
    assertPublished(Program.run("score", file.toString()));
    assertEquals(5.0, drift("day2").at("/limits/psi").doubleValue());
    assertEquals("file:" + at("day1"), drift("day2").at("/before/output").asText());
    assertEquals(0, Program.run("verify", file.toString()).code());
  }

  @Test
  void thePageIsDrawnAgainWhenTheEarlierRunIsGone() throws IOException {
    rows(0, 1000);
    assertPublished(scoreTo("day1", "multiclass"));
    rows(1, 1000);
    assertPublished(
        scoreTo("day2", "multiclass", "--compare-to", "latest", "--max-drift", "psi=9"));
    Path report = at("day2").resolve("_sigmax/report.html");
    String page = Files.readString(report);
    for (String shown :
        List.of(
            "Against run " + manifest("day1").get("run_id").asText(),
            "How far each quantity moved",
            "probability of c",
            "Share of predictions, then and now",
            "Logits, then and now",
            "The job allows psi=9.0")) {
      assertTrue(page.contains(shown), shown);
    }
    org.apache.commons.io.FileUtils.deleteDirectory(at("day1").toFile());
    Files.delete(report);
    assertEquals(0, Program.run("report", at("day2").toString()).code());
    assertEquals(page, Files.readString(report));
    assertPublished(scoreTo("day3", "multiclass"));
    assertFalse(
        Files.readString(at("day3").resolve("_sigmax/report.html")).contains("Against run"));
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

  @Test
  void whatTheEarlierRunDidNotCountIsNotComparedAndSaid() throws IOException {
    rows(0, 100);
    assertPublished(scoreTo("day1", "multiclass"));
    ObjectNode old = (ObjectNode) manifest("day1");
    ((ObjectNode) old.get("distribution"))
        .remove(List.of("logits", "probabilities", "mean_largest"));
    Files.writeString(manifestAt("day1"), old.toString());
    assertPublished(
        scoreTo("day2", "multiclass", "--compare-to", "latest", "--max-drift", "psi=1"));
    assertEquals(0.0, drift("day2").at("/distances/predictions/psi").doubleValue());
    assertTrue(drift("day2").at("/distances/logits").isNull());
    assertTrue(drift("day2").at("/distances/probabilities").isNull());
    String warning = manifest("day2").at("/warnings/0").asText();
    assertTrue(
        warning.startsWith("max-drift was not held against logits, probabilities of the classes"),
        warning);
    rows(0, 0);
    assertPublished(
        scoreTo("day3", "multiclass", "--compare-to", "latest", "--max-drift", "psi=1"));
    assertTrue(drift("day3").at("/distances/predictions").isNull());
    assertTrue(manifest("day3").at("/warnings/0").asText().contains("issues"));
    old.remove("distribution");
    Files.writeString(manifestAt("day1"), old.toString());
    rows(0, 100);
    assertPublished(scoreTo("day4", "multiclass", "--compare-to", at("day1").toString()));
    assertEquals(0.0, drift("day4").at("/distances/issues/psi").doubleValue());
  }

  @Test
  void thePageOfAThousandClassesWithLongNamesStaysSmall() throws IOException {
    String rows =
        "SELECT [(hash(i * 1000 + j + %d) %% 1000 / 100.0)::FLOAT for j in range(1000)] AS logits"
            + " FROM range(200) t(i)";
    String labels =
        IntStream.range(0, 1000)
            .mapToObj(i -> "<a name that goes on and on & on> ".repeat(3) + i)
            .collect(Collectors.joining(","));
    input("a.parquet", rows.formatted(0));
    assertPublished(scoreTo("day1", "multiclass", "--logits", "logits", "--labels", labels));
    input("a.parquet", rows.formatted(7));
    assertPublished(
        scoreTo(
            "day2",
            "multiclass",
            "--logits",
            "logits",
            "--labels",
            labels,
            "--compare-to",
            "latest"));
    assertEquals(1000, drift("day2").at("/distances/probabilities/psi").size());
    Path page = at("day2").resolve("_sigmax/report.html");
    assertTrue(Files.readString(page).contains("Against run "));
    assertTrue(Files.size(page) < 300_000, () -> page + " is too large");
  }
}
