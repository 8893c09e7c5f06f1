package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Incremental runs from and to a store; what must hold on any. */
public abstract class IncrementalStoreTest extends StoreTest {
  private static final String RUNS = "/runs/arriving";
  private static final String ROWS =
      "SELECT %d + i AS id, (i %% 7)::FLOAT AS logit_a, (i %% 5)::FLOAT AS logit_b FROM range(%d) t(i)";

  /** The rows of {@code /in/a.parquet}, whose ids begin at 0. */
  private static final long BEFORE = 400_000;

  /** Puts a file of so many rows there, in the place of one of that name. */
  protected final void arrives(String name, long firstId, int rows) throws IOException {
    java.nio.file.Path written = folder.resolve("arriving-" + name);
    DuckDb.write(ROWS.formatted(firstId, rows), written);
    store().copyFromLocalFile(false, true, new Path(written.toString()), new Path("/in/" + name));
  }

  protected final Program incremental() {
    return scoreTo(RUNS, "--incremental");
  }

  private void requirePublished(int number) throws IOException {
    Program run = incremental();
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("published run "), run.out());
    assertTrue(store().exists(new Path(RUNS + "/run=0000000" + number + "/_sigmax/manifest.json")));
  }

  private void requireNothingNew() {
    Program run = incremental();
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("nothing new: "), run.out());
  }

  /** As DuckDB reads all runs together, and as their manifests say. */
  private void requireEachRowOnce(long rows) throws IOException {
    java.nio.file.Path copy = folder.resolve("copy-" + System.nanoTime());
    store().copyToLocalFile(new Path(RUNS), new Path(copy.toString()));
    assertEquals(
        List.of(List.of(rows, rows)),
        DuckDb.rows("SELECT count(*), count(DISTINCT id) FROM '" + copy + "/run=*/*.parquet'"));
    Program verified = Program.run("verify", at(RUNS));
    assertEquals(0, verified.code(), verified.err());
  }

  /** The warnings of a run, and all else that its manifest says. */
  protected final String manifestOf(int number) throws IOException {
    try (InputStream in =
        store().open(new Path(RUNS + "/run=0000000" + number + "/_sigmax/manifest.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void eachRunScoresWhatCameSinceAndAVanishedFilesRowsStay() throws IOException {
    requirePublished(1);
    requireNothingNew();
    arrives("b.parquet", BEFORE, 10);
    requirePublished(2);
    requireNothingNew();
    store().delete(new Path("/in/b.parquet"), false);
    requireNothingNew();
    arrives("c.parquet", BEFORE + 10, 5);
    requirePublished(3);
    assertTrue(
        manifestOf(3).contains("that earlier runs have scored is no longer in the input"),
        manifestOf(3));
    requireEachRowOnce(BEFORE + 15);
  }

  @Test
  void aReplacedFileIsRefusedUntilItsRunIsRemoved() throws IOException {
    requirePublished(1);
    arrives("b.parquet", BEFORE, 10);
    requirePublished(2);
    arrives("b.parquet", BEFORE, 11);
    Program run = incremental();
    assertEquals(3, run.code(), run.err());
    assertTrue(
        run.err().contains("INPUT_REPLACED") && run.err().contains(at(RUNS + "/run=00000002")),
        run.err());
    store().delete(new Path(RUNS + "/run=00000002"), true);
    requirePublished(2);
    requireEachRowOnce(BEFORE + 11);
  }

  @Test
  void ofRunsAtOnceEachRowIsInOne() throws Exception {
    requirePublished(1);
    arrives("b.parquet", BEFORE, 10);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<Program>> runs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        runs.add(pool.submit(this::incremental));
      }
      int published = 0;
      for (Future<Program> each : runs) {
        Program run = each.get();
        assertTrue(run.code() == 0 || run.code() == 5, run.err());
        published += run.out().startsWith("published run ") ? 1 : 0;
      }
      assertEquals(1, published);
    } finally {
      pool.shutdown();
    }
    requireNothingNew();
    requireEachRowOnce(BEFORE + 10);
  }
}
