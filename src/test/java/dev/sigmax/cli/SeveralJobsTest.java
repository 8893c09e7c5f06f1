package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.job.JobTest;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code score a.yaml b.yaml}: one process, and an end for each. */
class SeveralJobsTest extends JobTest {
  private static final String GOOD = "SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b";
  private static final String BAD = "SELECT 'nan'::FLOAT AS logit_a, 2::FLOAT AS logit_b";

  private String job(String name, String query) throws IOException {
    input(name + ".parquet", query);
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        "input: " + in() + "/" + name + ".parquet\noutput: out-" + name + "\ntask: multiclass\n");
    return file.toString();
  }

  private boolean isPublished(String name) {
    return Files.exists(folder.resolve("out-" + name + "/_sigmax/manifest.json"));
  }

  @Test
  void eachHasItsOwnPublicationAndExitLineAndTheWorstCodeIsTheProcesss() throws IOException {
    String a = job("a", GOOD);
    String b = job("b", BAD);
    String c = job("c", GOOD);
    Program run = Program.run("score", a, b, c);
    assertEquals(4, run.code(), run.err());
    assertTrue(isPublished("a") && isPublished("c"), run.err());
    assertFalse(isPublished("b"));
    assertEquals(
        List.of(a + ": exit code 0", b + ": exit code 4", c + ": exit code 0"),
        run.out().lines().filter(line -> line.contains(": exit code ")).toList());
    assertTrue(run.err().contains("sigmax: " + b + ": 1 of 1 rows is bad"), run.err());
    assertNoLitter();
    Program again = Program.run("score", a, c);
    assertEquals(0, again.code(), again.err());
    assertEquals(2, again.out().lines().filter(line -> line.contains("already published")).count());
  }

  @Test
  void withJsonEachLineIsAnObject() throws IOException {
    String a = job("a", GOOD);
    String b = job("b", BAD);
    Program run = Program.run("score", a, b, "--json");
    assertEquals(4, run.code(), run.err());
    List<String> told = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      told.add(
          object.has("outcome")
              ? object.at("/outcome").asText()
              : object.at("/job").asText() + " " + object.at("/exit_code").asInt());
    }
    assertEquals(List.of("published", a + " 0", b + " 4"), told);
  }

  @Test
  void aFileThatIsNoJobFailsInItsTurnAndTheOthersRun() throws IOException {
    String a = job("a", GOOD);
    String missing = folder.resolve("missing.yaml").toString();
    Program run = Program.run("score", missing, a);
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("there is no job file " + missing), run.err());
    assertTrue(isPublished("a"));
    assertEquals(
        List.of(missing + ": exit code 2", a + ": exit code 0"),
        run.out().lines().filter(line -> line.contains(": exit code ")).toList());
  }

  @Test
  void twoJobsCannotHaveOneOutput() throws IOException {
    String a = job("a", GOOD);
    String again = folder.resolve("again.yaml").toString();
    Files.copy(Path.of(a), Path.of(again));
    Program run = Program.run("score", a, again, "--replace");
    assertEquals(2, run.code());
    assertTrue(run.err().contains(a + " and " + again + " have the same output"), run.err());
    Program option = Program.run("score", a, job("b", GOOD), "--output", out().toString());
    assertRefused(2, option, "--output would be the output of each of the 2 jobs");
    assertFalse(isPublished("b"));
  }

  @Test
  void oneOutputIsOneWhicheverWayItIsSpelled() throws IOException {
    String a = job("a", GOOD);
    String again = job("b", GOOD);
    String text = Files.readString(Path.of(again));
    Files.createSymbolicLink(folder.resolve("link"), folder);
    for (String spelled :
        List.of("./out-a", "out-a/", "sub/../out-a", "link/out-a", "file://" + folder + "/out-a")) {
      Files.writeString(Path.of(again), text.replace("out-b", spelled));
      Program run = Program.run("score", again, a, "--replace");
      assertEquals(2, run.code(), spelled + ": " + run.out());
      assertTrue(
          run.err()
              .contains(
                  again
                      + " and "
                      + a
                      + " have the same output, "
                      + folder.toRealPath().resolve("out-a")
                      + ". [OPTIONS_CONFLICT]"),
          run.err());
      assertEquals(
          List.of(again + ": exit code 0", a + ": exit code 2"),
          run.out().lines().filter(line -> line.contains(": exit code ")).toList());
    }
  }

  @Test
  void twoJobsCannotHaveOutputsOneInTheOther() throws IOException {
    String outer = job("a", GOOD);
    String inner = job("b", GOOD);
    String text = Files.readString(Path.of(inner));
    Files.createDirectories(folder.resolve("out-a-b"));
    for (String nested : List.of("out-a/b", "out-a/./x/../b/c", "out-a/run=00000002")) {
      Files.writeString(Path.of(inner), text.replace("out-b", nested));
      for (List<String> order : List.of(List.of(outer, inner), List.of(inner, outer))) {
        Program run = Program.run("score", order.get(0), order.get(1), "--dry-run");
        assertEquals(2, run.code(), nested + ": " + run.out() + run.err());
        assertTrue(
            run.err()
                .contains(
                    order.get(0)
                        + " and "
                        + order.get(1)
                        + " have outputs that lie one in the other, "),
            run.err());
        assertTrue(run.err().contains("[OPTIONS_CONFLICT]"), run.err());
      }
    }
    // Its name only begins alike.
    Files.writeString(Path.of(inner), text.replace("out-b", "out-a-b/c"));
    Program apart = Program.run("score", inner, outer);
    assertEquals(0, apart.code(), apart.err());
  }

  @Test
  void optionsAndVariablesAreForAll() throws IOException {
    String a = job("a", GOOD);
    String b = job("b", GOOD);
    Files.writeString(Path.of(b), Files.readString(Path.of(b)).replace("out-b", "out-${day}"));
    Program run = Program.run("score", a, b, "--set", "day=b", "--run-id", "2026-11-21");
    assertEquals(0, run.code(), run.err());
    for (String name : List.of("a", "b")) {
      String output = folder.resolve("out-" + name).toString();
      assertEquals(0, Program.run("verify", output, "--run-id", "2026-11-21").code());
    }
    Program unused = Program.run("score", a, b, "--set", "day=b", "--set", "date=x");
    assertRefused(2, unused, "--set date changes nothing: no job file has ${date}");
  }

  @Test
  void theWorstIsTheSmallestButNone() {
    assertEquals(0, ExitCode.worst(List.of(0, 0)));
    assertEquals(7, ExitCode.worst(List.of(0, 7, 0)));
    assertEquals(4, ExitCode.worst(List.of(7, 4)));
    assertEquals(1, ExitCode.worst(List.of(2, 1, 7)));
  }
}
