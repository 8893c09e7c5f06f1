package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Folders whose names have a glob's characters, and names that were to be filled in. */
class OddPlacesTest extends JobTest {
  private static final List<String> FOLDERS =
      List.of("exp[1]", "a{b,c}", "star*", "what?", "back\\slash", "100% of x", "dt=1[a]");

  private Program scoreJob(Path job) {
    return Program.run("score", job.toString());
  }

  @Test
  void aJobFileLiesInAFolderOfAnyName() throws IOException {
    for (String name : FOLDERS) {
      Path home = folder.resolve(name);
      for (String day : List.of("1", "2")) {
        Path file = home.resolve("data/day=" + day + "/a.parquet");
        Files.createDirectories(file.getParent());
        DuckDb.write(THREE_ROWS, folder.resolve("plain.parquet"));
        Files.copy(folder.resolve("plain.parquet"), file);
      }
      for (String input : List.of("data/day=*", "data/*/*.parquet", "data/day=[12]", "data")) {
        Path output = home.resolve("out " + input.hashCode());
        Path job = home.resolve("job.yaml");
        Files.writeString(
            job,
            "input: '%s'%noutput: '%s'%ntask: multiclass%n".formatted(input, output.getFileName()));
        Program run = scoreJob(job);
        assertEquals(0, run.code(), name + ", " + input + ": " + run.err());
        assertEquals(
            List.of("1", "2"),
            spark()
                .read()
                .parquet(output.toString().replaceAll("[*?\\[\\]{}\\\\]", "\\\\$0"))
                .select("day")
                .distinct()
                .sort("day")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList(),
            name + ", " + input);
      }
    }
  }

  @Test
  void anOutputOfAnyNameIsExplainedAndMeasuredWhereItsInputIsGone() throws IOException {
    for (String name : List.of("run[1]", "a{b,c}")) {
      Path file = input("a.parquet", "SELECT *, 'a' AS label FROM (" + THREE_ROWS + ")");
      String output = folder.resolve(name).toString();
      assertPublished(
          Program.run(
              "score", "--input", in().toString(), "--output", output, "--task", "multiclass"));
      Files.delete(file);
      Program explained = Program.run("explain", output, "--where", "id = 3");
      assertEquals(0, explained.code(), explained.err());
      assertTrue(explained.out().contains("the row of run"), explained.out());
      Program measured = Program.run("evaluate", output, "--label", "label", "--json");
      assertEquals(0, measured.code(), measured.err());
      assertTrue(measured.out().contains("\"rows\" : 3"), measured.out());
    }
  }

  @Test
  void aPathThatExistsIsTakenAsItIsAndBelowItGlobsWork() throws IOException {
    input("exp[1]/dt=5/a.parquet", THREE_ROWS);
    input("exp1/dt=6/a.parquet", THREE_ROWS);
    assertPublished(scoreFrom(in() + "/exp[1]/dt=*", "multiclass"));
    assertEquals(List.of(List.of("5")), DuckDb.rows("SELECT DISTINCT dt FROM " + output()));
    assertPublished(scoreFrom(in() + "/exp[12]/dt=*", "multiclass", "--replace"));
    assertEquals(List.of(List.of("6")), DuckDb.rows("SELECT DISTINCT dt FROM " + output()));
  }

  @Test
  void anOutputBelowAnInputThatAGlobFindsInSuchAFolderIsRefused() {
    input("exp[1]/dt=5/a.parquet", THREE_ROWS);
    Program run =
        Program.run(
            "score",
            "--input",
            in() + "/exp[1]/dt=*",
            "--output",
            in() + "/exp[1]/dt=5/out",
            "--task",
            "multiclass");
    assertRefused(2, run, "lie one in the other");
  }

  @Test
  void whatNobodyFilledInIsRefused() throws IOException {
    input("a.parquet", THREE_ROWS);
    for (String variable : List.of("{{ ds }}", "${DAY}", "$DAY", "{{ds_nodash}}")) {
      assertRefused(2, scoreFrom(in() + "/dt=" + variable, "multiclass"), "input", variable);
      assertRefused(2, score("multiclass", "--run-id", variable), "run-id", variable);
      Program run =
          Program.run(
              "score",
              "--input",
              in().toString(),
              "--output",
              out() + variable,
              "--task",
              "multiclass");
      assertRefused(2, run, "output", variable, "filled in");
    }
    assertPublished(scoreFrom(in() + "/{{a,b},{c,d}}.parquet", "multiclass"));
  }

  @Test
  void onlyNearKeysAreOffered() throws IOException {
    for (String[] keys :
        new String[][] {{"tasks", "is task meant?"}, {"temprature", "is temperature meant?"}}) {
      assertTrue(unknown(keys[0]).contains(keys[1]), unknown(keys[0]));
    }
    for (String key : List.of("priority", "x", "thread-count")) {
      String said = unknown(key);
      assertTrue(!said.contains("meant?") && said.contains("temperature"), said);
    }
  }

  private String unknown(String key) throws IOException {
    Path job = folder.resolve("job.yaml");
    Files.writeString(job, "input: in\noutput: out\ntask: binary\n" + key + ": 1\n");
    Program run = scoreJob(job);
    assertEquals(2, run.code());
    return run.err();
  }

  @Test
  void anOutputsNameLeavesRoomForTheNamesBesideIt() {
    input("a.parquet", THREE_ROWS);
    String most = "x".repeat(225);
    assertPublished(scoreTo(most));
    assertPublished(scoreTo(most, "--replace", "--temperature", "2"));
    assertEquals(0, Program.run("verify", path(most)).code());
    assertNoLitter();
    for (String longer : List.of(most + "x", "ä".repeat(113), "x".repeat(255))) {
      assertRefused(2, scoreTo(longer), "Take a name of at most 225 bytes. [OUTPUT_PATH]");
    }
    assertPublished(scoreTo("y".repeat(255), "--incremental"));
  }

  private Program scoreTo(String name, String... options) {
    return Program.run(
        Stream.concat(
                Stream.of(
                    "score",
                    "--input",
                    in().toString(),
                    "--task",
                    "multiclass",
                    "--output",
                    path(name)),
                Stream.of(options))
            .toArray(String[]::new));
  }
}
