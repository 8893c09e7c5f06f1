package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.job.JobTest;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code --set}: what fills a job file's variables. */
class VariablesTest extends JobTest {
  private Program run(String yaml, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("job.yaml"), yaml);
    List<String> all = new ArrayList<>(List.of("score", file.toString()));
    all.addAll(List.of(options));
    return Program.run(all.toArray(String[]::new));
  }

  private String yaml() {
    input("dt=2026-11-21/a.parquet", "SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    return """
        input: [ "%s/dt=${date}" ]
        output: out
        task: ${task}
        labels: [ "${first.label}", "no ${first.label}" ]
        run-id: run-${date}-${date}
        """
        .formatted(in());
  }

  @Test
  void theyFillTextsListsAndChoices() throws IOException {
    String[] set = {
      "--set", "date=2026-11-21", "--set", "task=multiclass", "--set", "first.label=a=b ${x}"
    };
    assertPublished(run(yaml(), set));
    assertEquals("run-2026-11-21-2026-11-21", manifest().at("/run_id").asText());
    assertEquals(
        List.of("prob_a=b ${x}", "prob_no a=b ${x}"),
        names().subList(0, 2),
        "a value is taken as it is");
    List<String> verify = new ArrayList<>(List.of("verify", folder + "/job.yaml"));
    verify.addAll(List.of(set));
    assertEquals(0, Program.run(verify.toArray(String[]::new)).code());
    verify.set(3, "date=2026-11-22");
    assertEquals(6, Program.run(verify.toArray(String[]::new)).code(), "another day's job");
  }

  private List<String> names() {
    return DuckDb.rows("DESCRIBE SELECT * FROM " + output()).stream()
        .map(row -> (String) row.get(0))
        .filter(name -> name.startsWith("prob_"))
        .toList();
  }

  @Test
  void oneThatIsNotSetIsRefusedWithItsPlace() throws IOException {
    assertRefused(
        2,
        run(yaml(), "--set", "date=2026-11-21"),
        "task is ${task}, in which ${task} was not filled in: add --set task=VALUE",
        "job.yaml, line 3");
  }

  @Test
  void oneThatChangesNothingIsRefused() throws IOException {
    String plain = "input: in\noutput: out\ntask: multiclass\n";
    assertRefused(
        2, run(plain, "--set", "date=1"), "--set date changes nothing: no job file has ${date}");
    assertRefused(
        2,
        Program.run(
            "score", "--input", "x", "--output", "y", "--task", "binary", "--set", "date=1"),
        "--set date changes nothing");
  }

  @Test
  void whatIsNoNameAndValueIsRefused() throws IOException {
    for (String wrong : List.of("date", "=x", "1st=x", "a b=x", "")) {
      assertRefused(2, run(yaml(), "--set", wrong), "--set takes NAME=VALUE", "not " + wrong + ".");
    }
    assertRefused(2, run(yaml(), "--set", "date=1", "--set", "date=2"), "date is set twice");
  }
}
