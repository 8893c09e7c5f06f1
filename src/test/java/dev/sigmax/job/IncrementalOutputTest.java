package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What comes to an output that grows run by run between its runs, and to the files they scored. */
class IncrementalOutputTest extends JobTest {
  private static final String ROWS =
      "SELECT %d + i AS id, (i %% 7)::FLOAT AS logit_a, (i %% 5)::FLOAT AS logit_b FROM range(10) t(i)";

  private Program run(String command, Path output, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                command,
                "--input",
                in().toString(),
                "--output",
                output.toString(),
                "--task",
                "multiclass"));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  private Program incremental(String... options) {
    return run("score", out(), with("--incremental", options));
  }

  private Program verifyJob(String... options) {
    return run("verify", out(), with("--incremental", options));
  }

  private static String[] with(String first, String... others) {
    return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
  }

  private Path run(int number) {
    return out().resolve("run=0000000" + number);
  }

  private Path file(String name, int first) {
    return input(name, ROWS.formatted(first));
  }

  private static void assertFails(int code, String name, Program run, String... parts) {
    assertEquals(code, run.code(), run.err() + run.out());
    assertTrue(run.err().contains("[" + name + "]"), run.err());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
  }

  private void assertTheSameJob(String... options) {
    Program again = incremental(options);
    assertPublished(again);
    assertTrue(again.out().startsWith("nothing new: "), again.out());
    assertPublished(verifyJob(options));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aJobOfOneDoesNotPublishAmongTheRunsOfAnIncrementalJob() throws IOException {
    file("a.parquet", 0);
    assertPublished(incremental());
    for (Path free : List.of(run(2), run(7), out().resolve("notes"))) {
      for (String option : List.of("--no-report", "--replace", "--dry-run", "--incremental")) {
        assertFails(
            5,
            "OUTPUT_EXISTS",
            run("score", free, option),
            free + " would lie among the runs of an incremental job",
            run(1).toString(),
            "--incremental and --output " + out());
      }
    }
    assertEquals(List.of("run=00000001"), names(out()));
    file("b.parquet", 10);
    // What the message advises.
    assertPublished(incremental());
    assertPublished(Program.run("verify", out().toString()));
  }

  @Test
  void jobsOfOneMayNumberTheirOutputs() throws IOException {
    file("a.parquet", 0);
    Files.createDirectory(out());
    assertPublished(run("score", run(1)));
    assertPublished(run("score", run(2)));
    assertPublished(run("score", out().resolve("other")));
  }

  @Test
  void nothingIsPublishedInsideAPublishedRun() throws IOException {
    file("a.parquet", 0);
    assertPublished(score("multiclass"));
    Path inside = out().resolve("more");
    for (String option : List.of("--no-report", "--incremental")) {
      assertFails(
          5,
          "OUTPUT_EXISTS",
          run("score", inside, option),
          inside + " would lie in the run that is published at " + out());
    }
    assertFalse(Files.exists(inside));
    assertPublished(Program.run("verify", out().toString()));
  }

  @Test
  void nothingIsPublishedAnyDeeperInAPublishedRun() throws IOException {
    file("a.parquet", 0);
    assertPublished(score("multiclass"));
    Path inside = Files.createDirectories(out().resolve("a/b/c")).resolve("more");
    for (String option : List.of("--no-report", "--incremental", "--dry-run")) {
      assertFails(
          5,
          "OUTPUT_EXISTS",
          run("score", inside, option),
          inside + " would lie in the run that is published at " + out());
    }
    assertFalse(Files.exists(inside));
  }

  @Test
  void aRunThatLostItsFilesIsToldByEveryRunAfterIt() throws IOException {
    file("a.parquet", 0);
    assertPublished(incremental());
    try (Stream<Path> parts = Files.list(run(1))) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        Files.delete(part);
      }
    }
    String told = "Remove the folder " + run(1) + " and run score --incremental again";
    Program nothing = incremental("--json");
    assertPublished(nothing);
    assertTrue(nothing.out().contains("\"outcome\":\"nothing_new\""), nothing.out());
    assertTrue(nothing.out().contains(" is gone") && nothing.out().contains(told), nothing.out());
    file("b.parquet", 10);
    Program added = incremental("--json");
    assertPublished(added);
    assertTrue(added.out().contains(" is gone") && added.out().contains(told), added.out());
    String manifest = Files.readString(run(2).resolve("_sigmax/manifest.json"));
    assertTrue(manifest.contains("does not have the rows any more"), manifest);
    // What the message advises.
    Publications.remove(run(1));
    Program mended = incremental("--json");
    assertPublished(mended);
    assertFalse(mended.out().contains(" is gone"), mended.out());
    assertEquals(
        List.of(List.of(20L, 190L)),
        DuckDb.rows("SELECT count(*), sum(id)::BIGINT FROM '" + out() + "/run=*/*.parquet'"));
  }

  @Test
  void aColumnThatMayBeMissingIsNullWhereNoNewFileHasIt() throws IOException {
    String scores = "1::FLOAT AS logit_a, 2::FLOAT AS logit_b";
    input("a.parquet", "SELECT 1 AS id, " + scores + ", 'x' AS name, 1.25::DECIMAL(7,2) AS cost");
    for (String engine : List.of("row", "columnar")) {
      String[] options = {"--allow-missing", "name,cost", "--engine", engine};
      assertPublished(incremental(options));
      input(engine + ".parquet", "SELECT 2 AS id, " + scores + " FROM range(3)");
      assertPublished(incremental(options));
      assertTheSameJob(options);
    }
    assertEquals(
        List.of(
            Arrays.asList(1, "x", "1.25", "DECIMAL(7,2)", 1L),
            Arrays.asList(2, null, null, "DECIMAL(7,2)", 6L)),
        DuckDb.rows(
            "SELECT id, name, cost::VARCHAR, typeof(cost), count(*) FROM '"
                + out()
                + "/run=*/*.parquet' GROUP BY ALL ORDER BY id"));
    Program explained = Program.run("explain", run(2).toString(), "--where", "id = 2");
    assertPublished(explained);
    assertTrue(explained.out().contains("logit"), explained.out());
    assertFalse(explained.out().contains("cannot be shown"), explained.out());
    // A name that no run knows is a mistake still.
    input("c.parquet", "SELECT 2 AS id, " + scores);
    assertFails(3, "COLUMN_NOT_FOUND", incremental("--allow-missing", "nam,cost"), "nam");
  }

  @Test
  void verifyOfAJobSaysWhatHelpsWhereARunLostItsFiles() throws IOException {
    file("a.parquet", 0);
    assertPublished(incremental());
    file("b.parquet", 10);
    assertPublished(incremental());
    try (Stream<Path> parts = Files.list(run(1))) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        Files.delete(part);
      }
    }
    Program verified = verifyJob();
    assertFails(
        6,
        "RUN_DIFFERS",
        verified,
        " is gone",
        "Remove the folder " + run(1) + " and run score --incremental again");
    assertFalse(verified.err().contains("Run score --incremental again: it"), verified.err());
    // It would not help: the manifest says that the files were scored.
    assertTrue(incremental().out().startsWith("nothing new"));
    Publications.remove(run(1));
    assertPublished(incremental());
    assertPublished(verifyJob());
    assertEquals(
        List.of(List.of(20L, 190L)),
        DuckDb.rows("SELECT count(*), sum(id)::BIGINT FROM '" + out() + "/run=*/*.parquet'"));
  }

  @Test
  void verifyOfAJobOfOneDoesNotAdviseToReplaceARunAmongOthers() {
    file("a.parquet", 0);
    assertPublished(incremental());
    Program verified = run("verify", run(1), "--temperature", "2");
    assertFails(6, "RUN_DIFFERS", verified, "its output is " + out() + ".");
    assertFalse(verified.err().contains("--replace"), verified.err());
  }

  @Test
  void verifyOfAJobStillAdvisesARunWhereAFileIsNew() {
    file("a.parquet", 0);
    assertPublished(incremental());
    Path added = file("b.parquet", 10);
    assertFails(
        6,
        "RUN_DIFFERS",
        verifyJob(),
        added + " is new",
        "Run score --incremental again: it scores what is new");
  }

  @Test
  void aJobIsTheSameThoughTheFilesThatAreLeftTellFewerOfItsClasses() throws IOException {
    Path gone = input("a.parquet", "SELECT 1 AS id, [1, 2, 3]::FLOAT[] AS z FROM range(5)");
    input("b.parquet", "SELECT 2 AS id, []::FLOAT[] AS z FROM range(5)");
    String[] options = {"--logits", "z", "--on-bad-row", "null", "--max-bad-rows", "5"};
    assertPublished(incremental(options));
    Files.delete(gone);
    assertTheSameJob(options);
  }

  @Test
  void aJobIsTheSameThoughTheFileThatIsLeftHasRowsOfAnotherLength() throws IOException {
    List<Path> gone = new ArrayList<>();
    for (String name : List.of("a", "c", "d", "e")) {
      gone.add(input(name + ".parquet", "SELECT 1 AS id, [1, 2, 3]::FLOAT[] AS z FROM range(5)"));
    }
    // No file that is looked at for the number of classes: these are bad rows.
    input("b.parquet", "SELECT 2 AS id, [1, 2, 3, 4]::FLOAT[] AS z FROM range(5)");
    String[] options = {"--logits", "z", "--on-bad-row", "null"};
    assertPublished(incremental(options));
    for (Path file : gone) {
      Files.delete(file);
    }
    assertTheSameJob(options);
  }

  @Test
  void anotherJobIsRefusedThoughAFileOfTheLastRunWent() throws IOException {
    Path gone = input("a.parquet", "SELECT 1 AS id, [1, 2, 3]::FLOAT[] AS z FROM range(5)");
    input("b.parquet", "SELECT 2 AS id, [3, 2, 1]::FLOAT[] AS z FROM range(5)");
    assertPublished(incremental("--logits", "z"));
    Files.delete(gone);
    assertPublished(incremental("--logits", "z"));
    assertFails(
        5,
        "JOB_CHANGED",
        incremental("--logits", "z", "--temperature", "2"),
        "temperature was 1.0 and is 2.0 now");
    assertFails(
        5,
        "JOB_CHANGED",
        incremental("--logits", "z", "--labels", "x,y,w"),
        "labels was [0, 1, 2] and is [x, y, w] now");
    assertFails(
        5,
        "JOB_CHANGED",
        incremental("--logits", "z", "--keep", ""),
        "keep was [id] and is [] now");
  }

  /** Columns that every file must have, and an order that the job gives, no file decides. */
  @Test
  void columnsThatNoFileHasAndAnotherOrderAreAnotherJobThoughAFileWent() throws IOException {
    Path gone = file("a.parquet", 0);
    file("b.parquet", 10);
    String[] options = {"--layout", "array", "--logits", "logit_a,logit_b"};
    assertPublished(incremental(options));
    Files.delete(gone);
    assertPublished(verifyJob(options));
    assertFails(
        6, "RUN_DIFFERS", verifyJob("--layout", "array", "--logits", "logit_b,logit_a"), "logits");
    assertFails(6, "RUN_DIFFERS", verifyJob("--layout", "array", "--logits", "score_*"), "score_*");
    assertFails(
        6,
        "RUN_DIFFERS",
        verifyJob(
            Stream.of(options, new String[] {"--keep", "idd"})
                .flatMap(Stream::of)
                .toArray(String[]::new)),
        "idd");
  }

  @Test
  void aJobIsTheSameThoughNoFileThatIsLeftHasAColumnThatMayBeMissing() throws IOException {
    input("a.parquet", "SELECT 1 AS id, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    Path gone =
        input("b.parquet", "SELECT 2 AS id, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b, 'x' AS name");
    String[] options = {"--allow-missing", "name"};
    assertPublished(incremental(options));
    Files.delete(gone);
    assertTheSameJob(options);
  }

  @Test
  void aJobIsTheSameThoughTheFirstFileThatIsLeftHasItsClassesInAnotherOrder() throws IOException {
    Path gone = input("a.parquet", "SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    input("b.parquet", "SELECT 2::FLOAT AS logit_b, 1::FLOAT AS logit_a");
    assertPublished(incremental("--layout", "array"));
    Files.delete(gone);
    assertPublished(incremental("--layout", "array"));
    // What does not depend on the files that are left is refused all the same.
    assertFails(2, "TASK_DOES_NOT_FIT", incremental("--layout", "array", "--logits", "logit_b"));
    assertFails(
        5,
        "JOB_CHANGED",
        incremental("--layout", "array", "--labels", "x,y"),
        "labels was [a, b] and is [x, y] now");
  }
}
