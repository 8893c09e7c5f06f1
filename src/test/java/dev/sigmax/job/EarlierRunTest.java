package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which run is compared with, and what about it and the limits is refused. */
class EarlierRunTest extends ComparedRuns {
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
  void aLimitIsNotMetByAnOlderRunWhileTheLatestIsSetAside() throws IOException {
    rows(0, 3000);
    assertPublished(scoreTo("day1", "multiclass"));
    assertPublished(scoreTo("day2", "multiclass", "--temperature", "2"));
    Path aside = folder.resolve(".day2.sigmax-replaced-0123456789ab");
    Files.move(at("day2"), aside);
    Program limited =
        scoreTo("day3", "multiclass", "--compare-to", "latest", "--max-drift", "psi=9");
    assertEquals(3, limited.code(), limited.out());
    for (String part : List.of("there is no run at " + at("day2"), aside.toString(), "clean")) {
      assertTrue(limited.err().contains(part), limited.err());
    }
    assertFalse(Files.exists(at("day3")));
    Program without = scoreTo("day3", "multiclass", "--compare-to", "latest");
    assertPublished(without);
    String warnings = manifest("day3").get("warnings").toString();
    assertTrue(warnings.contains("Left out of the comparison with the latest run"), warnings);
    assertTrue(warnings.contains("/day2. A replacement of it was cut off"), warnings);
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
}
