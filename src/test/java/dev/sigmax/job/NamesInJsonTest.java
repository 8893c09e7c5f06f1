package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Classes are named in JSON as they are, also where names look like secrets; paths have none. */
class NamesInJsonTest extends JobTest {
  private static final List<String> CLASSES = List.of("q?token=a", "q?token=b");

  private Path runs;

  @BeforeEach
  void publish() throws IOException {
    runs = Files.createDirectory(folder.resolve("runs?sig=swordfish"));
    input(
        "x?sig=swordfish/a.parquet",
        "SELECT i % 2 AS n, ['q?token=a', 'q?token=b'][1 + i % 2] AS truth, (i % 3)::FLOAT AS"
            + " \"logit_q?token=a\", (i % 5)::FLOAT AS \"logit_q?token=b\" FROM range(10) t(i)");
    assertPublished(
        Program.run(
            "score",
            "--input",
            in().resolve("x?sig=swordfish").toString(),
            "--output",
            runs.resolve("one").toString(),
            "--task",
            "multiclass"));
  }

  private static JsonNode json(String... command) throws IOException {
    Program run = Program.run(command);
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void anEvaluationNamesClassesAsTheyAre() throws IOException {
    JsonNode evaluation =
        json("evaluate", in().resolve("x?sig=swordfish").toString(), "--label", "truth", "--json");
    List<String> names = new ArrayList<>();
    evaluation.get("classes").fieldNames().forEachRemaining(names::add);
    assertEquals(CLASSES, names);
    assertEquals(in() + "/x?sig=(redacted)", evaluation.get("source").asText());
  }

  @Test
  void aHistoryNamesClassesAsTheyAre() throws IOException {
    JsonNode kind = json("history", runs.toString(), "--json").at("/kinds/0");
    assertEquals("[\"q?token=a\",\"q?token=b\"]", kind.get("labels").toString());
    assertEquals(folder + "/runs?sig=(redacted)", kind.at("/runs/0/output").asText());
  }
}
