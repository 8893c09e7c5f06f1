package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.HaltingRun;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import dev.sigmax.testing.TableKills;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The driver dies at an operation that writes, Iceberg's own among them: the table has all of the
 * run or what it had before, what is left can be told and cleaned, and the next run makes it all.
 * The build tries some around the commit; {@code scripts/torture} tries all.
 */
class TableDeathIT extends TableTest {
  private static final int HALTED = 77;

  /** Back from the last operation, which names the manifest: after, in and before the commit. */
  private static final List<Integer> AROUND_THE_COMMIT = List.of(0, 4, 8);

  @BeforeEach
  void useFaultyFiles() {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    setting(".warehouse", warehouse());
    input("a.parquet", THREE_ROWS);
  }

  private String warehouse() {
    return "faulty://" + folder.resolve("warehouse");
  }

  private static String[] options(TableKills.Mode mode) {
    return mode.options().toArray(new String[0]);
  }

  /** A table with a row, which an overwrite takes out. */
  private void makeTable(String name) {
    table = catalog + ".db." + name;
    create(COLUMNS);
    spark().sql("INSERT INTO " + table + " VALUES (9, 0.5, 0.25, 0.25, 1, null)");
  }

  /** How many operations write in a run that nothing happens to. */
  private int operations(TableKills.Mode mode) {
    makeTable("undisturbed");
    FaultPlan.plan(Fault.HALT, Integer.MAX_VALUE);
    assertPublished(scoreToTable(options(mode)));
    FaultPlan.heal();
    return FaultPlan.written();
  }

  private Shell.Result scoreAndHalt(int operation, TableKills.Mode mode) {
    List<String> score =
        new ArrayList<>(
            List.of(
                "score",
                "--input",
                in().toString(),
                "--task",
                "multiclass",
                "--output-table",
                table));
    score.addAll(mode.options());
    String setting = "spark.sql.catalog." + catalog;
    return HaltingRun.start(
            System.getProperty("java.class.path"),
            Fault.HALT,
            operation,
            Map.of(
                setting,
                "org.apache.iceberg.spark.SparkCatalog",
                setting + ".type",
                "hadoop",
                setting + ".warehouse",
                warehouse()),
            score.toArray(new String[0]))
        .await();
  }

  private List<Path> folders() throws IOException {
    Path data = folder.resolve("warehouse/db/" + table.replaceFirst(".*[.]", "") + "/data");
    if (!Files.exists(data)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(data)) {
      return all.filter(Files::isDirectory).toList();
    }
  }

  private static Program verify(Path folder) {
    return Program.run("verify", folder.toString());
  }

  @ParameterizedTest
  @EnumSource(TableKills.Mode.class)
  void aHaltAtAnyWritingOperationLeavesAllRowsOrThoseOfBefore(TableKills.Mode mode)
      throws IOException {
    int all = operations(mode);
    List<String> done = rows();
    List<Integer> halts =
        Tally.everyFault()
            ? IntStream.rangeClosed(1, all).boxed().toList()
            : AROUND_THE_COMMIT.stream().map(back -> all - back).toList();
    try (Tally tally = new Tally("table, " + mode + ": driver halted at a writing operation")) {
      for (int n : halts) {
        makeTable("after_" + n);
        List<String> before = rows();
        String which = "halted at operation " + n + " of " + all;
        Shell.Result halted = scoreAndHalt(n, mode);
        assertEquals(HALTED, halted.code(), which + ": " + halted.err());
        boolean committed = rows().equals(done);
        assertTrue(committed || rows().equals(before), () -> which + ": " + rows());
        tally.count(committed ? "all rows" : "those of before");
        List<Path> left = folders();
        for (Path folder : left) {
          Program verified = verify(folder);
          assertTrue(committed || verified.code() != 0, which + ": " + verified.out());
        }
        Program clean = Program.run("clean", "--table", table, "--older-than", "0");
        assertEquals(0, clean.code(), which + ": " + clean.err());
        assertEquals(committed ? left : List.of(), folders(), which + ": " + clean.out());
        for (Path folder : folders()) {
          assertPublished(verify(folder));
        }
        Program next = scoreToTable(options(mode));
        assertEquals(0, next.code(), which + ": " + next.err());
        assertEquals(committed, next.out().startsWith("already published"), which + next.out());
        assertEquals(done, rows(), which);
      }
    }
  }
}
