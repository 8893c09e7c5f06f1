package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.FaultyFiles.Fault;
import dev.sigmax.testing.HaltingRun;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The driver dies at an operation that writes, Iceberg's own among them: the table has all of the
 * run or nothing, what is left can be told and cleaned, and the next run makes it all. The build
 * tries some around the commit; {@code scripts/torture} tries all.
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

  /** How many operations write in a run that nothing happens to. */
  private int operations() {
    table = catalog + ".db.undisturbed";
    create(COLUMNS);
    FaultyFiles.plan(Fault.HALT, Integer.MAX_VALUE);
    assertPublished(scoreToTable());
    FaultyFiles.heal();
    return FaultyFiles.written();
  }

  private Shell.Result scoreAndHalt(int operation) {
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
            "score",
            "--input",
            in().toString(),
            "--task",
            "multiclass",
            "--output-table",
            table)
        .await();
  }

  private List<Path> folders() throws IOException {
    Path data = folder.resolve("warehouse/db/" + table.replaceFirst(".*[.]", "") + "/data");
    if (!Files.exists(data)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(data)) {
      return folders.toList();
    }
  }

  private static Program verify(Path folder) {
    return Program.run("verify", folder.toString());
  }

  @Test
  void aHaltAtAnyWritingOperationLeavesAllRowsOrNone() throws IOException {
    int all = operations();
    List<Integer> halts =
        Tally.everyFault()
            ? IntStream.rangeClosed(1, all).boxed().toList()
            : AROUND_THE_COMMIT.stream().map(back -> all - back).toList();
    try (Tally tally = new Tally("table: driver halted at a writing operation")) {
      for (int n : halts) {
        table = catalog + ".db.after_" + n;
        create(COLUMNS);
        String which = "halted at operation " + n + " of " + all;
        Shell.Result halted = scoreAndHalt(n);
        assertEquals(HALTED, halted.code(), which + ": " + halted.err());
        int rows = rows().size();
        assertTrue(rows == 0 || rows == 3, which);
        tally.count(rows == 0 ? "nothing" : "all rows");
        List<Path> left = folders();
        for (Path folder : left) {
          Program verified = verify(folder);
          assertTrue(rows == 3 || verified.code() != 0, which + ": " + verified.out());
        }
        Program clean = Program.run("clean", "--table", table, "--older-than", "0");
        assertEquals(0, clean.code(), which + ": " + clean.err());
        assertEquals(rows == 0 ? List.of() : left, folders(), which + ": " + clean.out());
        for (Path folder : folders()) {
          assertPublished(verify(folder));
        }
        Program next = scoreToTable();
        assertEquals(0, next.code(), which + ": " + next.err());
        assertEquals(rows == 3, next.out().startsWith("already published"), which + next.out());
        assertEquals(3, rows().size(), which);
      }
    }
  }
}
