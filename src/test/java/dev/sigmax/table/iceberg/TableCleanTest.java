package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
