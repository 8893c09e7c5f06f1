package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs that were never committed leave among a table's data, and who removes it. */
class TableCleanTest extends TableTest {
  @BeforeEach
  void makeTable() {
    spark().conf().unset("spark.sql.catalog." + catalog + ".type");
    setting(".catalog-impl", InterruptedCatalog.class.getName());
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
  }

  /** A run as it is left by one that is killed right before the table has it. */
  private Path prepareOnly() throws IOException {
    InterruptedCatalog.atNextCommit(
        commit -> {
          throw new CommitStateUnknownException(new IllegalStateException("no answer"));
        });
    assertEquals(5, scoreToTable("--run-id", "killed").code());
    try (Stream<Path> folders = Files.list(folder.resolve("warehouse/db/scores/data"))) {
      return folders
          .filter(run -> Files.exists(run.resolve("_sigmax/prepared.json")))
          .findFirst()
          .orElseThrow();
    }
  }

  private Program clean(String... options) {
    return Program.run(
        Stream.concat(Stream.of("clean", "--table", table), Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void aPreparedRunIsTakenForPublishedByNoCommand() throws IOException {
    Path run = prepareOnly();
    Program verified = Program.run("verify", run.toString());
    assertEquals(6, verified.code(), verified.out());
    assertTrue(verified.err().contains("prepared for the table " + table), verified.err());
    assertTrue(verified.err().contains("RUN_NOT_PUBLISHED"), verified.err());
    assertEquals(3, Program.run("report", run.toString()).code());
    assertEquals(3, Program.run("history", run.getParent().toString()).code());
  }

  @Test
  void cleanRemovesAPreparedRunAndNoneThatWasCommitted() throws IOException {
    input("../other/b.parquet", THREE_ROWS.replace("(1, ", "(4, "));
    assertPublished(
        Program.run(
            "score", "--input", path("other"), "--task", "multiclass", "--output-table", table));
    Path killed = prepareOnly();
    Program young = clean();
    assertEquals(0, young.code(), young.err());
    assertTrue(young.out().contains("left"), young.out());
    assertTrue(Files.exists(killed));
    Program old = clean("--older-than", "0");
    assertTrue(old.out().contains("removed") && old.out().contains(killed.toString()), old.out());
    assertFalse(Files.exists(killed));
    assertEquals(3, rows().size());
    assertEquals("nothing to remove\n", clean("--older-than", "0").out());
    assertPublished(scoreToTable("--run-id", "killed"));
    assertEquals(6, rows().size());
  }

  /** It has written nothing for hours, such as while it tried to commit, and goes on just now. */
  @Test
  void cleanKeepsARunThatWritesAgainWhileTheTableIsLookedAt() throws IOException {
    Path run = prepareOnly();
    Path manifest = run.resolve("_sigmax/prepared.json");
    FileTime hoursAgo = FileTime.from(Instant.now().minus(Duration.ofHours(5)));
    int last = 0;
    for (int looks = 1; last == looks - 1; looks++) {
      try (Stream<Path> files = Files.walk(run)) {
        for (Path file : files.toList()) {
          Files.setLastModifiedTime(file, hoursAgo);
        }
      }
      int wanted = looks;
      AtomicInteger look = new AtomicInteger();
      InterruptedCatalog.behindEachRefresh(
          () -> {
            if (look.incrementAndGet() == wanted) {
              touch(manifest);
            }
          });
      try {
        Program cleaned = clean();
        assertEquals(0, cleaned.code(), cleaned.err());
      } finally {
        InterruptedCatalog.behindEachRefresh(() -> {});
      }
      last = Math.min(look.get(), wanted);
      assertEquals(last == wanted, Files.exists(run), "look " + wanted);
    }
    assertTrue(last > 0, "the table was not looked at");
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void cleanKeepsARunThatOnlyAnEarlierSnapshotReads() throws IOException {
    assertPublished(scoreToTable());
    String run = iceberg().currentSnapshot().summary().get("sigmax.folder");
    Path folder = Path.of(java.net.URI.create(run));
    // As where the run was killed right after the commit.
    Files.move(folder.resolve("_sigmax/manifest.json"), folder.resolve("_sigmax/prepared.json"));
    spark().sql("DELETE FROM " + table + " WHERE true");
    assertEquals("nothing to remove\n", clean("--older-than", "0").out());
    assertPublished(Program.run("verify", folder.toString()));
  }

  @Test
  void aRunThatWasKilledRightAfterTheCommitIsMendedByTheNext() throws IOException {
    assertPublished(scoreToTable("--run-id", "monday"));
    Path folder =
        Path.of(java.net.URI.create(iceberg().currentSnapshot().summary().get("sigmax.folder")));
    Files.move(folder.resolve("_sigmax/manifest.json"), folder.resolve("_sigmax/prepared.json"));
    assertPublished(Program.run("verify", "--table", table, "--run-id", "monday"));
    assertTrue(scoreToTable("--run-id", "monday").out().startsWith("already published"));
    assertPublished(Program.run("verify", folder.toString()));
  }

  @Test
  void cleanTakesAnOutputOrATable() {
    assertEquals(2, Program.run("clean").code());
    assertEquals(2, clean(path("out")).code());
    table = catalog + ".db.nothing";
    assertEquals(3, clean().code());
  }
}
