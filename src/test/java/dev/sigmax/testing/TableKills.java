package dev.sigmax.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Kills runs that publish to a table, at random moments from when they make their folder until they
 * end, and looks at what is left: all rows of the run or those of before, a folder that nobody
 * takes for what it is not, and a table to which the next run publishes.
 */
public final class TableKills {
  /** A file has so many rows, and a run so many files. */
  private static final int ROWS = 5_000;

  private static final int FILES = 3;
  private static final int KILLED = 128 + 9;
  private static final int KILLS = 60;
  private static final long LOOK_NANOS = 1_000_000;
  private static final double LONGER = 1.05;
  private static final double SHORTER = 0.85;

  /** What a run does with the rows that are there. */
  public enum Mode {
    APPEND,
    OVERWRITE;

    /** The options of {@code score} that say so. */
    public List<String> options() {
      return this == APPEND ? List.of() : List.of("--write-mode", "overwrite", "--where", "true");
    }

    private long rowsAfter(long before) {
      long own = (long) FILES * ROWS;
      return this == APPEND ? before + own : own;
    }
  }

  /**
   * A table.
   *
   * @param inSql as {@code session} calls it
   * @param inSigmax as runs call it, which know its catalog by {@code settings}
   * @param data the folder in which runs make theirs
   */
  public record Place(
      SparkSession session,
      String inSql,
      String inSigmax,
      Path data,
      Map<String, String> settings) {}

  /** The rows of a table: how many, of how many ids, and a digest of all their values. */
  private record Rows(long count, long ids, long digest) {}

  private final Place place;
  private final Mode mode;
  private final Path inputs;
  private final Random random = new Random(Tally.seed());

  /**
   * Kills of runs to a table whose columns are {@code id BIGINT, prob_a FLOAT, prob_b FLOAT,
   * row_sum DOUBLE, row_issue STRING}.
   *
   * @param inputs a folder for logits
   */
  public TableKills(Place place, Mode mode, Path inputs) {
    this.place = place;
    this.mode = mode;
    this.inputs = inputs;
  }

  /**
   * Kills many runs, one after the other. When the commit is depends on what else the machine does:
   * where it was not reached, the next run lives a little longer, and else shorter.
   *
   * @param table what kind it is, for the tally
   */
  public void run(String table) {
    double longest = undisturbedNanos();
    try (Tally tally = new Tally(table + ", " + mode + ": driver killed at a random moment")) {
      for (int i = 1; i <= KILLS; i++) {
        boolean committed = kill(i, (long) (longest * (1 + random.nextDouble()) / 2));
        tally.count(committed ? "all rows" : "none of them");
        longest *= committed ? SHORTER : LONGER;
      }
    }
  }

  /** How long a run takes from when it makes its folder. */
  private long undisturbedNanos() {
    Shell run = start(0, folders());
    long begun = System.nanoTime();
    Shell.Result result = run.await();
    assertEquals(0, result.code(), result.err());
    return System.nanoTime() - begun;
  }

  private Shell start(int number, Set<String> before) {
    input(number);
    Shell run =
        HaltingRun.start(
            System.getProperty("java.class.path"),
            Fault.HALT,
            0,
            place.settings(),
            arguments(number));
    while (run.isAlive() && folders().equals(before)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return run;
  }

  /** Whether the run had committed. */
  private boolean kill(int number, long afterNanos) {
    Set<String> others = folders();
    Rows before = rows();
    Shell run = start(number, others);
    LockSupport.parkNanos(afterNanos);
    run.signal("KILL");
    Shell.Result end = run.await();
    String which = "kill " + number + " after " + afterNanos / LOOK_NANOS + " ms: ";
    assertTrue(end.code() == KILLED || end.code() == 0, which + end.err());
    Rows left = rows();
    boolean committed = !left.equals(before);
    assertTrue(committed || end.code() == KILLED, which + "the run ended well without its rows");
    assertEquals(1, added(others).size(), which);
    if (!committed) {
      assertNotEquals(0, verify(added(others)).code(), which + "verified, and not committed");
    }
    // In some rounds the next run finds what was left, in others it was cleaned away.
    if (random.nextBoolean()) {
      assertWell(Program.run("clean", "--table", place.inSigmax(), "--older-than", "0"), which);
      assertEquals(left, rows(), which + "clean changed the rows");
      assertEquals(committed ? 1 : 0, added(others).size(), which);
    }
    Program next = Program.run(arguments(number));
    assertWell(next, which);
    assertEquals(committed, next.out().startsWith("already published"), which + next.out());
    Rows done = rows();
    assertTrue(!committed || left.equals(done), which + "some of the rows were there");
    assertEquals(mode.rowsAfter(before.count()), done.count(), which);
    assertEquals(done.count(), done.ids(), which);
    assertWell(
        Program.run("verify", "--table", place.inSigmax(), "--run-id", "run-" + number), which);
    assertWell(Program.run("clean", "--table", place.inSigmax(), "--older-than", "0"), which);
    assertEquals(done, rows(), which + "clean changed the rows");
    assertWell(verify(added(others)), which);
    return committed;
  }

  private static void assertWell(Program program, String which) {
    assertEquals(0, program.code(), which + program.err() + program.out());
  }

  private Program verify(Set<String> folders) {
    assertEquals(1, folders.size(), folders.toString());
    return Program.run("verify", place.data().resolve(folders.iterator().next()).toString());
  }

  private String[] arguments(int number) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--input",
                inputs.resolve("run-" + number).toString(),
                "--task",
                "multiclass",
                "--run-id",
                "run-" + number,
                "--output-table",
                place.inSigmax()));
    all.addAll(mode.options());
    return all.toArray(new String[0]);
  }

  private void input(int number) {
    try {
      Path folder = Files.createDirectories(inputs.resolve("run-" + number));
      for (int file = 0; file < FILES; file++) {
        DuckDb.write(
            "SELECT %d + i AS id, (i %% 7)::FLOAT AS logit_a, (i %% 5)::FLOAT AS logit_b FROM range(%d) t(i)"
                .formatted((long) (number * FILES + file) * ROWS, ROWS),
            folder.resolve(file + ".parquet"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> folders() {
    try (Stream<Path> all = Files.exists(place.data()) ? Files.list(place.data()) : Stream.of()) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("sigmax-"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> added(Set<String> before) {
    Set<String> added = new HashSet<>(folders());
    added.removeAll(before);
    return added;
  }

  /** As the format's own reader for Spark has them. */
  private Rows rows() {
    Row row =
        place
            .session()
            .sql(
                "SELECT count(*), count(DISTINCT id), coalesce(bit_xor(xxhash64(*)), 0) FROM "
                    + place.inSql())
            .head();
    return new Rows(row.getLong(0), row.getLong(1), row.getLong(2));
  }
}
