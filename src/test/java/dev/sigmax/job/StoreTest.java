package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Runs from and to a store that is not this machine's disk; what must hold on any. */
public abstract class StoreTest extends JobTest {
  private static final String VALUES =
      "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";
  private static final int ROWS = 400_000;

  private List<List<Object>> expected;

  /** The store. */
  protected abstract FileSystem store();

  /** Puts {@code /in/a.parquet} there, and keeps what a local run makes of it. */
  protected final void fillStore() throws IOException {
    input(
        "a.parquet",
        "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range("
            + ROWS
            + ") t(i)");
    assertPublished(score("multiclass"));
    expected = DuckDb.rows(VALUES.formatted(out()));
    store()
        .copyFromLocalFile(
            new Path(in().resolve("a.parquet").toString()), new Path("/in/a.parquet"));
    store().mkdirs(new Path("/runs"));
  }

  /** The whole name of a path there. */
  protected final String at(String path) {
    return store().makeQualified(new Path(path)).toString();
  }

  /** Scores {@code /in}. */
  protected final Program scoreTo(String output, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("score", "--input", at("/in"), "--output", at(output), "--task", "multiclass"));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  /** Makes sure that an output is whole and has the bits of a local run. */
  protected final void requireRight(String output) throws IOException {
    Program verified = Program.run("verify", at(output));
    assertEquals(0, verified.code(), verified.err());
    java.nio.file.Path copy = folder.resolve("copy-of" + output.replace('/', '-'));
    store().copyToLocalFile(new Path(output), new Path(copy.toString()));
    assertEquals(expected, DuckDb.rows(VALUES.formatted(copy)));
  }

  @Test
  void ofManyRunsAtOnceExactlyOnePublishes() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Program>> runs = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        String temperature = Integer.toString(i);
        runs.add(pool.submit(() -> scoreTo("/runs/many", "--temperature", temperature)));
      }
      int published = 0;
      for (Future<Program> run : runs) {
        int code = run.get().code();
        assertTrue(code == 0 || code == 5, run.get().err());
        published += code == 0 ? 1 : 0;
      }
      assertEquals(1, published);
      assertEquals(0, Program.run("verify", at("/runs/many")).code());
      assertEquals(1, store().listStatus(new Path("/runs")).length, "litter was left");
    } finally {
      pool.shutdown();
    }
  }
}
