package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs beside each other, of rows that move. */
abstract class ComparedRuns extends JobTest {
  /** Logits of three classes, the third of them moved by so much. */
  static final String ROWS =
      "SELECT i AS id, (hash(i) %% 2000 / 100.0 - 10)::FLOAT AS logit_a, (hash(i + 7) %% 9)::FLOAT AS"
          + " logit_b, (hash(i + 9) %% 9 + %s)::FLOAT AS logit_c FROM range(%d) t(i)";

  Path at(String name) {
    return folder.resolve(name);
  }

  Program scoreTo(String name, String task, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score", "--input", in().toString(), "--output", at(name).toString(), "--task"));
    all.add(task);
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  void rows(int shift, int count) {
    input("a.parquet", ROWS.formatted(shift, count));
  }

  Path manifestAt(String name) {
    return at(name).resolve("_sigmax/manifest.json");
  }

  JsonNode manifest(String name) throws IOException {
    return new ObjectMapper().readTree(manifestAt(name).toFile());
  }

  JsonNode drift(String name) throws IOException {
    return manifest(name).get("drift");
  }

  void assertFails(int code, Program run, String... parts) throws IOException {
    assertEquals(code, run.code(), run.err() + run.out());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
    assertNoLitter();
  }
}
