package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.junit.jupiter.api.Test;

/** What an incremental job refuses: other jobs, other options, and what is no run of its own. */
class IncrementalRefusalTest extends IncrementalRuns {
  @Test
  void whatIsNoRunUnderTheOutputIsRefused() throws IOException {
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    file("b.parquet", 10, 10);
    Path foreign = Files.createDirectory(out().resolve("notes"));
    assertFails(5, "OUTPUT_EXISTS", incremental(), foreign + " is no run");
    assertFails(6, "OUTPUT_DAMAGED", Program.run("verify", out().toString()), foreign.toString());
    Files.delete(foreign);
    Path copy = Files.createDirectory(run(7));
    assertFails(5, "OUTPUT_EXISTS", incremental(), copy + " exists and is no published run");
    Files.delete(copy);
    Files.move(run(1), run(3));
    assertFails(5, "OUTPUT_EXISTS", incremental(), "was published as number 1");
    Files.move(run(3), run(1));
    assertPublished(incremental());
  }

  @Test
  void theOutputOfASingleRunDoesNotGrowAndTheOtherWayRound() throws IOException {
    file("a.parquet", 0, 10);
    assertPublished(score("multiclass"));
    assertFails(5, "OUTPUT_EXISTS", incremental(), "made without --incremental");
    Publications.remove(out());
    assertPublished(incremental());
    assertFails(5, "OUTPUT_EXISTS", score("multiclass"), "Take --incremental");
    assertFails(5, "OUTPUT_EXISTS", score("multiclass", "--replace"), "Take --incremental");
  }

  @Test
  void aFirstRunThatIsRefusedLeavesNoFolder() {
    file("a.parquet", 0, 10);
    input("b.parquet", "SELECT 1::BIGINT AS id, 'nan'::FLOAT AS logit_a, 1::FLOAT AS logit_b");
    assertFails(4, "TOO_MANY_BAD_ROWS", incremental());
    assertFalse(Files.exists(out()));
    assertFails(3, "OUTPUT_NOT_FOUND", Program.run("verify", out().toString()));
    assertPublished(score("multiclass", "--on-bad-row", "null"));
  }

  @Test
  void aFolderThatARunDidNotMakeStays() throws IOException {
    file("a.parquet", 0, 10);
    Files.createDirectory(out());
    input("b.parquet", "SELECT 1::BIGINT AS id, 'nan'::FLOAT AS logit_a, 1::FLOAT AS logit_b");
    assertFails(4, "TOO_MANY_BAD_ROWS", incremental());
    assertEquals(List.of(), runs());
    assertPublished(incremental("--on-bad-row", "null"));
    input("c.parquet", "SELECT 2::BIGINT AS id, 'nan'::FLOAT AS logit_a, 1::FLOAT AS logit_b");
    assertFails(4, "TOO_MANY_BAD_ROWS", incremental("--on-bad-row", "null", "--max-bad-rows", "0"));
    assertEquals(List.of("run=00000001"), runs());
  }

  @Test
  void theFolderThatADiskKeepsForItselfIsNoRun() throws IOException {
    file("a.parquet", 0, 10);
    Files.createDirectories(out().resolve("lost+found"));
    assertPublished(incremental());
    assertPublished(Program.run("verify", out().toString()));
    assertEquals(List.of("lost+found", "run=00000001"), runs());
  }

  @Test
  void aRunAmongOthersIsNotReplacedByAJobOfOne() throws IOException {
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    byte[] before = Files.readAllBytes(run(1).resolve("_sigmax/manifest.json"));
    for (String option : List.of("--replace", "--no-report")) {
      assertFails(
          5,
          "OUTPUT_EXISTS",
          intoRun(1, "--temperature", "2", option),
          run(1) + " is a run of an incremental output",
          "run score --incremental again");
    }
    assertArrayEquals(before, Files.readAllBytes(run(1).resolve("_sigmax/manifest.json")));
    Files.writeString(run(1).resolve("_sigmax/manifest.json"), "{");
    assertFails(
        5, "OUTPUT_EXISTS", intoRun(1, "--replace"), run(1) + " is a run of an incremental output");
    // What the message advises.
    Publications.remove(run(1));
    assertPublished(incremental());
    assertPublished(Program.run("verify", out().toString()));
  }

  /** A job without {@code --incremental} whose output is the folder of a run. */
  private Program intoRun(int number, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--input",
                in().toString(),
                "--output",
                run(number).toString(),
                "--task",
                "multiclass"));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  @Test
  void anotherJobIsRefusedAndWhatChangesNoColumnIsNot() throws IOException {
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    file("b.parquet", 10, 10);
    assertFails(
        5,
        "JOB_CHANGED",
        incremental("--temperature", "2", "--keep", ""),
        "temperature was 1.0 and is 2.0 now",
        "keep was [id] and is [] now",
        run(1).toString());
    assertPublished(incremental("--codec", "zstd", "--engine", "row", "--max-bad-rows", "5"));
    input(
        "c.parquet",
        "SELECT 2::FLOAT AS logit_b, 1::FLOAT AS logit_a, 20::BIGINT AS id, 2::FLOAT AS logit_c");
    assertFails(5, "JOB_CHANGED", incremental(), "labels was [a, b] and is [a, b, c] now");
    input("c.parquet", "SELECT 2::FLOAT AS logit_b, 1::FLOAT AS logit_a, 'x' AS id");
    assertFails(5, "JOB_CHANGED", incremental(), "the kept column id was bigint and is string now");
    input("c.parquet", "SELECT 2::FLOAT AS logit_b, 1::FLOAT AS logit_a, 20::BIGINT AS id");
    assertPublished(incremental());
    assertEquals(List.of(21L, 21L, 210L), counted());
    assertEquals(
        DuckDb.rows("SELECT (1 / (1 + exp(1::DOUBLE)))::FLOAT"),
        DuckDb.rows("SELECT prob_a FROM '" + out() + "/run=*/*.parquet' WHERE id = 20"));
  }

  @Test
  void aCalibrationMayMoveAndNotChange() throws IOException {
    String calibration =
        "{\"task\": \"multiclass\", \"labels\": [\"a\", \"b\"], \"temperature\": %s}";
    Path here = Files.writeString(folder.resolve("c.json"), calibration.formatted("2.0"));
    file("a.parquet", 0, 20);
    assertEquals(0, incremental("--calibration", here.toString()).code());
    file("b.parquet", 20, 20);
    Path moved = Files.writeString(folder.resolve("moved.json"), calibration.formatted("2.0"));
    Program again = incremental("--calibration", moved.toString());
    assertEquals(0, again.code(), again.err());
    assertEquals("file:" + moved, manifestOf(2).at("/job/calibration/path").asText());
    file("c.parquet", 40, 20);
    Path other = Files.writeString(folder.resolve("other.json"), calibration.formatted("3.0"));
    Program refused = incremental("--calibration", other.toString());
    assertEquals(5, refused.code(), refused.err());
    assertTrue(refused.err().contains("calibration was "), refused.err());
  }

  @Test
  void anotherJobIsRefusedThoughNothingIsNew() throws IOException {
    Path scored = file("a.parquet", 0, 10);
    assertPublished(incremental());
    for (String[] other :
        List.of(
            new String[] {"--temperature", "2"},
            new String[] {"--labels", "x,y"},
            new String[] {"--keep", ""})) {
      assertFails(5, "JOB_CHANGED", incremental(other), run(1).toString());
      assertFails(6, "RUN_DIFFERS", onJob("verify", other));
    }
    assertFails(
        5,
        "JOB_CHANGED",
        incremental("--temperature", "2", "--dry-run"),
        "temperature was 1.0 and is 2.0 now",
        "name another output");
    Program same = incremental("--codec", "zstd", "--engine", "row");
    assertPublished(same);
    assertTrue(same.out().startsWith("nothing new: "), same.out());
    // There is nothing left to hold the job against.
    Files.delete(scored);
    assertPublished(incremental("--temperature", "2"));
    assertEquals(List.of("run=00000001"), runs());
  }

  @Test
  void theOrderOfClassesMattersWhereTheyAreInAnArray() {
    file("a.parquet", 0, 10);
    assertPublished(incremental("--layout", "array"));
    input("b.parquet", "SELECT 2::FLOAT AS logit_b, 1::FLOAT AS logit_a, 20::BIGINT AS id");
    assertFails(
        5, "JOB_CHANGED", incremental("--layout", "array"), "labels was [a, b] and is [b, a] now");
  }

  @Test
  void aKeptColumnNamedRunIsRefused() {
    input("a.parquet", "SELECT 1 AS Run, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertFails(2, "COLUMN_NAME_RESERVED", incremental(), "the kept column run");
    assertPublished(incremental("--keep", ""));
  }

  @Test
  void optionsThatMakeNoSenseTogetherAreRefused() {
    file("a.parquet", 0, 10);
    assertFails(2, "OPTIONS_CONFLICT", incremental("--replace"), "remove its folder");
    assertPublished(incremental("--run-id", "monday"));
    assertPublished(incremental("--run-id", "monday"));
    file("b.parquet", 10, 10);
    assertFails(2, "OPTIONS_CONFLICT", incremental("--run-id", "monday"), run(1).toString());
    assertPublished(incremental("--run-id", "tuesday"));
    for (String day : List.of("monday", "tuesday")) {
      assertPublished(Program.run("verify", out().toString(), "--run-id", day));
    }
    assertFails(
        6,
        "RUN_NOT_PUBLISHED",
        Program.run("verify", out().toString(), "--run-id", "sunday"),
        "not among 2 runs");
  }
}
