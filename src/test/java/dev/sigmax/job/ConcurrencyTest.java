package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several runs at one output at once, and readers beside them. */
class ConcurrencyTest extends JobTest {
  private static final String ROWS =
      "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range(20000) t(i)";

  private Program scoreWith(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--input",
                in().toString(),
                "--output",
                out().toString(),
                "--task",
                "multiclass"));
    all.addAll(List.of(options));
    return Program.run(all.toArray(new String[0]));
  }

  private static Map<Path, FileTime> filesBelow(Path root) throws IOException {
    Map<Path, FileTime> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void ofManyDifferentRunsAtOnceExactlyOnePublishes(int runs) throws Exception {
    input("a.parquet", ROWS);
    ExecutorService pool = Executors.newFixedThreadPool(runs);
    try (Tally tally = new Tally(runs + " different runs at once")) {
      List<Future<Program>> all = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        String temperature = Integer.toString(i + 1);
        all.add(pool.submit(() -> scoreWith("--temperature", temperature)));
      }
      String winner = null;
      for (int i = 0; i < runs; i++) {
        Program run = all.get(i).get();
        tally.count(run.code() == 0 ? "published" : "refused");
        if (run.code() == 0) {
          winner = Double.toString(i + 1);
        } else {
          assertEquals(5, run.code(), run.err());
        }
      }
      assertEquals(1, tally.of("published"));
      assertEquals(winner, manifest().at("/job/temperature").asText());
      assertEquals(0, Program.run("verify", out().toString()).code());
      Map<Path, FileTime> published = filesBelow(out());
      assertEquals(5, scoreWith("--temperature", "99").code());
      assertEquals(published, filesBelow(out()), "a file of the winner was touched");
      assertNoLitter();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void theSameRunTwiceAtOnceIsPublishedOnceAndBothSaySo() throws Exception {
    input("a.parquet", ROWS);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Future<Program> one = pool.submit(() -> scoreWith());
      Future<Program> other = pool.submit(() -> scoreWith());
      List<Program> both = List.of(one.get(), other.get());
      for (Program run : both) {
        assertEquals(0, run.code(), run.err());
      }
      assertEquals(
          1, both.stream().filter(run -> run.out().startsWith("already published")).count());
      assertNoLitter();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aReaderBesideReplacingRunsSeesOneRunWholeOrNone() throws Exception {
    input("a.parquet", ROWS);
    assertEquals(0, scoreWith().code());
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Tally tally = new Tally("reads beside replacing runs")) {
      Future<?> runs =
          pool.submit(
              () -> {
                for (int i = 2; i < 8; i++) {
                  Program run = scoreWith("--temperature", Integer.toString(i), "--replace");
                  assertEquals(0, run.code(), run.err());
                }
              });
      while (!runs.isDone()) {
        try {
          List<List<Object>> seen =
              DuckDb.rows("SELECT count(*), count(DISTINCT id) FROM " + output());
          assertEquals(List.of(List.of(20_000L, 20_000L)), seen);
          tally.count("whole");
        } catch (IllegalStateException gone) {
          // Files of the old run went while they were read: an error, never fewer rows.
          tally.count("gone");
        }
      }
      runs.get();
      assertTrue(tally.of("whole") > 0, "nothing was read");
    } finally {
      pool.shutdown();
    }
  }
}
