package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The same where each day is a partition, so that a log has days beside files and not in them. */
class DeltaPartitionConflictTest extends DeltaOverwriteConflictTest {
  @Override
  String clauses() {
    return "PARTITIONED BY (dt)";
  }

  /** OPTIMIZE leaves partitions apart, so there is nothing to split. */
  @Override
  @Test
  void rowsThatWereWrittenIntoFilesWithOthersAreNotSplit() {
    sql("INSERT INTO %s VALUES (8, '2026-11-19', 1, 0, 0, 1, null)");
    before(() -> sql("OPTIMIZE %s"));
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(List.of("[2026-11-19,8]", "[2026-11-21,5]", "[2026-11-21,10]"), ids());
  }
}
