package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;

/** What reads a run's input again finds it by the run's manifest, from wherever it is asked. */
class RereadInputTest extends JobTest {
  private static final String LABELLED =
      "SELECT %d + i AS id, ['a', 'b'][1 + i %% 2] AS truth, (i %% 3)::FLOAT AS logit_a,"
          + " (i %% 5)::FLOAT AS logit_b FROM range(10) t(i)";

  /** As it is named from the folder of this process. */
  private static String relative(Path path) {
    return Path.of("").toAbsolutePath().relativize(path).toString();
  }

  private static void assertFromLogits(Path output) {
    Program evaluated = Program.run("evaluate", output.toString(), "--label", "truth");
    assertPublished(evaluated);
    assertTrue(evaluated.out().contains("from the logits of its input"), evaluated.out());
    assertEquals("", evaluated.err());
    Program explained = Program.run("explain", output.toString(), "--where", "logit_b = 4");
    assertPublished(explained);
    assertTrue(explained.out().contains("4.0"), explained.out());
  }

  /** Does {@code asked} as a process would that was started in {@code folder}. */
  private static void in(Path folder, Runnable asked) throws IOException {
    FileSystem files = FileSystem.get(URI.create("file:///"), new Configuration());
    org.apache.hadoop.fs.Path before = files.getWorkingDirectory();
    files.setWorkingDirectory(new org.apache.hadoop.fs.Path(folder.toUri()));
    try {
      asked.run();
    } finally {
      files.setWorkingDirectory(before);
    }
  }

  @Test
  void aRelativeInputIsFoundFromAnyFolder() throws IOException {
    Path file = input("dt=1/a.parquet", LABELLED.formatted(0));
    for (Path named : new Path[] {file, in(), in().resolve("dt=*")}) {
      assertPublished(scoreFrom(relative(named), "multiclass"));
      JsonNode inputs =
          new ObjectMapper()
              .readTree(out().resolve("_sigmax/manifest.json").toFile())
              .at("/job/input");
      assertEquals("[\"file:" + named + "\"]", inputs.toString());
      Path elsewhere = Files.createDirectories(folder.resolve("else/where"));
      in(elsewhere, () -> assertFromLogits(out()));
      Program again = scoreFrom(relative(named), "multiclass");
      assertTrue(again.out().startsWith("already published"), again.out() + again.err());
      Publications.remove(out());
    }
  }

  @Test
  void filesUnderSignedNamesAreFoundAgain() {
    input("a?sig=1.parquet", LABELLED.formatted(0));
    input("a?sig=2.parquet", LABELLED.formatted(10));
    assertPublished(score("multiclass"));
    assertFromLogits(out());
  }

  @Test
  void whatCameBesideTheFilesOfARunIsNotOfIt() {
    input("a.parquet", LABELLED.formatted(0));
    assertPublished(score("multiclass"));
    input("b.parquet", LABELLED.formatted(10));
    assertFromLogits(out());
  }

  @Test
  void whatIsHalfWrittenBesideTheFilesOfARunIsNotOfItEither() throws IOException {
    input("dt=1/a.parquet", LABELLED.formatted(0));
    assertPublished(score("multiclass"));
    Files.createFile(in().resolve("dt=1/b.parquet"));
    Files.createFile(in().resolve("dt=1/_c.parquet"));
    Files.createFile(in().resolve("dt=1/d.parquet._COPYING_"));
    Files.createSymbolicLink(in().resolve("dt=1/e.parquet"), folder.resolve("nowhere"));
    Files.createDirectories(in().resolve("dt=2/notes"));
    Files.createDirectories(in().resolve("_delta_log"));
    assertFromLogits(out());
  }

  @Test
  void whatARunReadAndWroteIsFoundFromAnyFolder() throws IOException {
    input("a.parquet", LABELLED.formatted(0));
    Path file = folder.resolve("c.json");
    String labels =
        "SELECT CASE WHEN (i // 2 % 5 < 4) = (i % 2 = 1) THEN 'a' ELSE 'b' END AS truth,"
            + " (i % 2 * 4)::FLOAT AS logit_a, (4 - i % 2 * 4)::FLOAT AS logit_b"
            + " FROM range(500) t(i)";
    Path fitted = folder.resolve("fitted.parquet");
    DuckDb.write(labels, fitted);
    Program calibrated =
        Program.run(
            "calibrate",
            relative(fitted),
            "--task",
            "multiclass",
            "--label",
            "truth",
            "--write",
            relative(file));
    assertPublished(calibrated);
    assertEquals(
        "[\"file:" + fitted + "\"]",
        new ObjectMapper().readTree(file.toFile()).at("/fitted/input").toString());
    Path elsewhere = Files.createDirectories(folder.resolve("else/where"));
    assertPublished(scoreCalibrated(relative(in()), relative(out()), relative(file)));
    JsonNode job = manifest().at("/job");
    assertEquals("file:" + out(), job.at("/output").asText());
    assertEquals("file:" + file, job.at("/calibration/path").asText());
    in(
        elsewhere,
        () -> {
          Program again = scoreCalibrated("../../in", "../../out", "../../c.json");
          assertTrue(again.out().startsWith("already published"), again.out() + again.err());
        });
  }

  private static Program scoreCalibrated(String input, String output, String calibration) {
    return Program.run(
        "score",
        "--input",
        input,
        "--output",
        output,
        "--task",
        "multiclass",
        "--calibration",
        calibration);
  }

  @Test
  void theFilesOfARunAreReadAgainThoughItsJobHasSeenOthers() {
    for (String file : List.of("a.parquet", "b.parquet")) {
      input(file, LABELLED.formatted(0));
      assertPublished(
          Program.run(
              "score",
              "--incremental",
              "--input",
              in().toString(),
              "--output",
              out().toString(),
              "--task",
              "multiclass"));
    }
    assertFromLogits(out().resolve("run=00000001"));
    assertFromLogits(out().resolve("run=00000002"));
  }
}
