package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM that ends around its commit leaves a table with all of the run or nothing of it. */
class DeltaDeathTest extends DeltaTest {
  @BeforeEach
  void makeTable() {
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
    delta.conf().set("spark.sql.catalog." + DyingRun.CATALOG, FolderCatalog.class.getName());
    delta
        .conf()
        .set("spark.sql.catalog." + DyingRun.CATALOG + ".root", data().getParent().toString());
    delta.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
  }

  @ParameterizedTest
  @EnumSource(DyingRun.When.class)
  void theNextRunMakesItWholeAndVacuumKeepsIt(DyingRun.When when) {
    String name = DyingRun.CATALOG + ".db.scores";
    Shell.Result died =
        DyingRun.await(
            when,
            data().getParent(),
            "score",
            "--input",
            in().toString(),
            "--task",
            "multiclass",
            "--run-id",
            "monday",
            "--output-table",
            name);
    assertEquals(DyingRun.HALTED, died.code(), died.err());
    boolean committed = when == DyingRun.When.AFTER;
    assertEquals(committed ? 3 : 0, rows().size());
    assertEquals(1, folders().size());
    table = name;
    Program next = scoreToTable("--run-id", "monday");
    assertPublished(next);
    assertEquals(committed, next.out().startsWith("already published"), next.out());
    assertPublished(Program.run("verify", "--table", name, "--run-id", "monday"));
    table = tableOfDelta();
    assertEquals(3, rows().size());
    sql("VACUUM %s RETAIN 0 HOURS");
    assertEquals(3, rows().size());
    assertEquals(1, folders().stream().filter(DeltaDeathTest::hasParts).count());
  }

  private static boolean hasParts(Path run) {
    String[] parts = run.toFile().list((parent, file) -> file.startsWith("part-"));
    return parts != null && parts.length > 0;
  }
}
