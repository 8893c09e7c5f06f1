package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs that were never committed leave among a table's data, and who removes it. */
class DeltaCleanTest extends DeltaTest {
  @BeforeEach
  void makeTable() {
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
    delta.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
  }

  private Program clean(String... options) {
    return Program.run(
        Stream.concat(Stream.of("clean", "--table", table), Stream.of(options))
            .toArray(String[]::new));
  }

  /** A folder as a run leaves it that is killed right before its commit. */
  private Path killed() throws IOException {
    input("../killed/b.parquet", THREE_ROWS.replace("(1, ", "(4, "));
    List<Path> before = folders();
    assertPublished(scoreToTable(folder.resolve("killed")));
    Path run = folders().stream().filter(one -> !before.contains(one)).findFirst().orElseThrow();
    unconfirm(run);
    long version = history().get(0).getAs("version");
    Files.delete(data().resolve("_delta_log/%020d.json".formatted(version)));
    Files.deleteIfExists(data().resolve("_delta_log/%020d.crc".formatted(version)));
    Files.deleteIfExists(data().resolve("_delta_log/.%020d.crc.crc".formatted(version)));
    org.apache.spark.sql.delta.DeltaLog.clearCache();
    return run;
  }

  private static void unconfirm(Path run) throws IOException {
    Files.move(run.resolve("_sigmax/manifest.json"), run.resolve("_sigmax/prepared.json"));
  }

  private static boolean isConfirmed(Path run) {
    return Files.exists(run.resolve("_sigmax/manifest.json"));
  }

  @Test
  void cleanRemovesAPreparedRunAndNoneThatWasCommitted() throws IOException {
    assertPublished(scoreToTable());
    Path killed = killed();
    assertEquals(3, rows().size());
    Program young = clean();
    assertEquals(0, young.code(), young.err());
    assertTrue(young.out().contains("left"), young.out());
    assertTrue(Files.exists(killed));
    Program old = clean("--older-than", "0");
    assertTrue(old.out().contains("removed") && old.out().contains(killed.toString()), old.out());
    assertFalse(Files.exists(killed));
    assertEquals("nothing to remove\n", clean("--older-than", "0").out());
    assertEquals(3, rows().size());
    assertPublished(scoreToTable(folder.resolve("killed")));
    assertEquals(6, rows().size());
  }

  @Test
  void cleanKeepsARunThatOnlyAnEarlierVersionReads() throws IOException {
    assertPublished(scoreToTable());
    Path run = folders().get(0);
    unconfirm(run);
    sql("DELETE FROM %s WHERE true");
    assertEquals("nothing to remove\n", clean("--older-than", "0").out());
    assertTrue(isConfirmed(run));
    assertEquals(
        3, delta.sql("SELECT * FROM " + table + " VERSION AS OF 1").collectAsList().size());
  }

  @Test
  void cleanKeepsARunWhoseCommitIsGoneFromTheLog() throws IOException {
    assertPublished(scoreToTable());
    Path run = folders().get(0);
    unconfirm(run);
    cleanLog();
    assertEquals("nothing to remove\n", clean("--older-than", "0").out());
    assertEquals(13, rows().size());
  }

  @Test
  void cleanKeepsWhatIsLeftOfARunWhoseFilesAreGoneToo() throws IOException {
    assertPublished(scoreToTable());
    Path run = folders().get(0);
    unconfirm(run);
    sql("DELETE FROM %s WHERE true");
    cleanLog();
    sql("VACUUM %s RETAIN 0 HOURS");
    assertEquals("nothing to remove\n", clean("--older-than", "0").out());
    assertTrue(isConfirmed(run));
    assertSaid(5, scoreToTable(), "got these rows before");
  }

  @Test
  void aRunOfWhichTheTransactionAloneIsLeftIsNotAddedAgain() throws IOException {
    assertPublished(scoreToTable());
    sql("DELETE FROM %s WHERE true");
    cleanLog();
    try (Stream<Path> all = Files.walk(folders().get(0))) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    assertSaid(5, scoreToTable(), "got these rows before", "What was prepared is gone");
    assertEquals(10, rows().size());
  }

  /** Its quarantine and its manifest are no data to Delta. */
  @Test
  void vacuumRemovesTheRowsOfAKilledRunAndCleanTheRest() throws IOException {
    Path killed = killed();
    sql("VACUUM %s RETAIN 0 HOURS");
    assertTrue(Files.exists(killed.resolve("_sigmax/prepared.json")));
    assertFalse(DeltaOverwriteRuns.hasParts(killed));
    assertTrue(clean("--older-than", "0").out().contains("removed"));
    assertEquals(List.of(), folders());
  }

  @Test
  void aTableThatIsMissingIsRefused() {
    table = tableOfDelta() + "s";
    assertSaid(3, clean(), "TABLE_NOT_FOUND");
  }
}
