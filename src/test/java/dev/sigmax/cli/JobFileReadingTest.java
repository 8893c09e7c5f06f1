package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.job.JobTest;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a job file says, and how one that says nothing right is refused. */
class JobFileReadingTest extends JobTest {
  private Path job(String text) throws IOException {
    return Files.writeString(folder.resolve("job.yaml"), text);
  }

  private void assertJobRefused(String text, String... parts) throws IOException {
    assertRefused(2, Program.run("score", job(text).toString()), parts);
  }

  @Test
  void aTypoInAKeyNamesTheNearestKnownOne() throws IOException {
    assertJobRefused("inptu: x\n", "unknown key inptu", "is input meant");
    assertJobRefused("on_bad_row: fail\n", "is on-bad-row meant");
  }

  @Test
  void aValueOfTheWrongTypeIsRefused() throws IOException {
    assertJobRefused("temperature: hot\ninput: a\noutput: b\ntask: binary\n", "temperature", "hot");
    assertJobRefused("temperature: [1]\n", "temperature", "a number");
    assertJobRefused("replace: maybe\n", "replace", "true or false");
    assertJobRefused("task: softmax\n", "task", "multiclass, multilabel, binary");
    assertJobRefused("input: {a: 1}\n", "input", "a list of texts");
    assertJobRefused("output:\n", "output", "a text");
  }

  @Test
  void anEmptyOrBrokenJobFileIsRefused() throws IOException {
    assertJobRefused("", "is empty");
    assertJobRefused("# nothing\n", "is empty");
    assertJobRefused("- a\n- b\n", "keys and values");
    assertJobRefused("input: [a\n", "not YAML", "line 2");
    assertJobRefused("task: binary\ninput: a\ninput: b\n", "input stands twice", "line 3");
    assertJobRefused("task: binary\n---\ntask: binary\n", "more than one YAML document");
    assertRefused(2, Program.run("score", path("nowhere.yaml")), "no job file");
  }

  @Test
  void aJobFileNamesPathsFromItsOwnFolderAndAnOptionWins() throws IOException {
    input("a.parquet", THREE_ROWS);
    job(
        """
        input: [in/a.parquet]
        output: out
        task: multiclass
        logits: [logit_a, logit_b]
        keep: [id]
        on-bad-row: null
        temperature: 3
        """);
    assertPublished(Program.run("score", path("job.yaml"), "--temperature", "0.5"));
    assertEquals(0.5, manifest().at("/job/temperature").asDouble());
    assertEquals("null", manifest().at("/job/on-bad-row").asText());
    assertEquals(
        1 / (1 + Math.exp(1)),
        ((Float) DuckDb.value("SELECT prob_a FROM " + output() + " WHERE id = 1")).doubleValue(),
        1e-7);
  }

  @Test
  void textsOfAJobFileAreTakenAsTheyAreWritten() throws IOException {
    input("a.parquet", THREE_ROWS);
    job("input: in\noutput: out\ntask: multiclass\nlabels: [yes, 007, 1.10]\nrun-id: 010\n");
    assertPublished(Program.run("score", path("job.yaml")));
    assertEquals("[\"yes\",\"007\",\"1.10\"]", manifest().at("/job/labels").toString());
    assertEquals("010", manifest().get("run_id").asText());
  }

  @Test
  void aJobFileInAnotherEncodingIsRefused() throws IOException {
    Path job = folder.resolve("job.yaml");
    Files.write(job, new byte[] {'t', 'a', 's', 'k', ':', ' ', (byte) 0xe4});
    assertRefused(2, Program.run("score", job.toString()), "job.yaml", "UTF-8");
  }
}
