package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM that ends around an overwrite leaves a table with the old rows or the new ones. */
class DeltaOverwriteDeathTest extends DeltaOverwriteRuns {
  @BeforeEach
  void makeTable() {
    create(DAYS);
    day("2026-11-21", "old", 1);
    day("2026-11-21", "new", 5);
    delta.conf().set("spark.sql.catalog." + DyingRun.CATALOG, FolderCatalog.class.getName());
    delta
        .conf()
        .set("spark.sql.catalog." + DyingRun.CATALOG + ".root", data().getParent().toString());
  }

  @ParameterizedTest
  @EnumSource(DyingRun.When.class)
  void theNextRunMakesItWholeAndCleanLeavesNoOther(DyingRun.When when) {
    String name = DyingRun.CATALOG + ".db.scores";
    assertPublished(overwrite("2026-11-21", "old"));
    table = name;
    Shell.Result died =
        DyingRun.await(
            when,
            data().getParent(),
            arguments("2026-11-21", "new", "dt = '2026-11-21'", "--run-id", "monday")
                .toArray(new String[0]));
    assertEquals(DyingRun.HALTED, died.code(), died.err());
    boolean committed = when == DyingRun.When.AFTER;
    List<String> old = List.of("[2026-11-21,1]", "[2026-11-21,2]");
    List<String> replaced = List.of("[2026-11-21,5]", "[2026-11-21,10]");
    table = tableOfDelta();
    assertEquals(committed ? replaced : old, ids());
    assertEquals(2, folders().size());
    assertEquals(0, Program.run("clean", "--table", table, "--older-than", "0").code());
    assertEquals(committed ? 2 : 1, folders().size());
    assertEquals(committed ? replaced : old, ids());
    table = name;
    Program next = overwrite("2026-11-21", "new", "--run-id", "monday");
    assertPublished(next);
    assertEquals(committed, next.out().startsWith("already published"), next.out());
    assertPublished(Program.run("verify", "--table", name, "--run-id", "monday"));
    table = tableOfDelta();
    assertEquals(replaced, ids());
  }
}
