package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages of arrays that hold no value, as Arrow's writer leaves them behind a dictionary where pages
 * are small: {@code pq.write_table(table, file, write_batch_size=1, data_page_size=1,
 * data_page_version=...)}.
 */
class PagesWithoutValuesTest extends JobTest {
  private void take(String version) throws IOException {
    String name = "pyarrow-pages-without-values-" + version + ".parquet";
    Files.createDirectories(in());
    try (InputStream golden = getClass().getResourceAsStream("/golden/" + name)) {
      Files.copy(golden, in().resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void rowsAroundThemAreScored(String version) throws IOException {
    take(version);
    assertPublished(
        score("multiclass", "--logits", "z", "--on-bad-row", "null", "--max-bad-rows", "3"));
    // SciPy's softmax of what pyarrow was given.
    assertEquals(
        List.of(
            List.of(1L, 3.7751344e-11f, 1f),
            List.of(2L, 1f, 3.7751344e-11f),
            List.of(6L, 0.7310586f, 0.26894143f)),
        DuckDb.rows(
            "SELECT id, probabilities[1], probabilities[2] FROM "
                + output()
                + " WHERE row_issue IS NULL ORDER BY id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void theyAreNoDamage(String version) throws IOException {
    take(version);
    Program run = Program.run("inspect", in().toString());
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("--logits z"), run.out());
  }
}
