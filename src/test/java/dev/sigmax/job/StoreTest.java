package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.ArrowJava;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
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
    return scoreFromTo("/in", output, options);
  }

  private Program scoreFromTo(String input, String output, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("score", "--input", at(input), "--output", at(output), "--task", "multiclass"));
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

  /** The rows of {@code /in/a.parquet}. */
  private static List<List<Object>> rows() {
    return IntStream.range(0, ROWS)
        .<List<Object>>mapToObj(i -> List.of((long) i, (float) (i % 7), (float) (i % 5)))
        .toList();
  }

  private static ArrowJava arrow() {
    return new ArrowJava()
        .column("id", ArrowJava.LONG)
        .column("logit_a", ArrowJava.FLOAT)
        .column("logit_b", ArrowJava.FLOAT);
  }

  private void put(java.nio.file.Path file, String folder) throws IOException {
    store()
        .copyFromLocalFile(new Path(file.toString()), new Path(folder + "/" + file.getFileName()));
  }

  @Test
  void arrowThereGivesTheBitsOfParquetHere() throws IOException {
    put(arrow().file(folder.resolve("arrow/a.arrow"), rows()), "/file");
    Program columnar = scoreFromTo("/file", "/runs/file", "--engine", "columnar");
    assertEquals(0, columnar.code(), columnar.err());
    requireRight("/runs/file");
    put(
        arrow().compressed(CodecType.ZSTD).batches(ROWS / 9).stream(
            folder.resolve("arrow/a.arrows"), rows()),
        "/stream");
    Program byRows = scoreFromTo("/stream", "/runs/stream", "--engine", "row");
    assertEquals(0, byRows.code(), byRows.err());
    requireRight("/runs/stream");
  }

  @Test
  void inspectTellsOfArrowThere() throws IOException {
    put(arrow().batches(ROWS / 4).file(folder.resolve("arrow/a.arrow"), rows()), "/file");
    Program inspected = Program.run("inspect", at("/file"));
    assertEquals(0, inspected.code(), inspected.err());
    assertTrue(inspected.out().contains("400,000"), inspected.out());
    assertTrue(inspected.out().matches("(?s).*record batches +4\\n.*"), inspected.out());
    assertTrue(inspected.out().contains("logit_a"), inspected.out());
  }

  @Test
  void arrowThatWasCutOffThereIsRefusedByName() throws IOException {
    java.nio.file.Path whole = arrow().file(folder.resolve("arrow/a.arrow"), rows());
    byte[] bytes = Files.readAllBytes(whole);
    put(
        Files.write(folder.resolve("arrow/half.arrow"), Arrays.copyOf(bytes, bytes.length / 2)),
        "/half");
    Program run = scoreFromTo("/half", "/runs/half");
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains("half.arrow") && run.err().contains("cut off"), run.err());
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
