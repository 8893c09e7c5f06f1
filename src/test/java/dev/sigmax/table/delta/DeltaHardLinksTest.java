package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Fault;
import dev.sigmax.testing.HaltingRun;
import dev.sigmax.testing.NoHardLinks;
import dev.sigmax.testing.Shell;
import io.delta.storage.HDFSLogStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that publish to a Delta table on a local disk without hard links. */
class DeltaHardLinksTest extends DeltaTest {
  @BeforeEach
  void makeTable() {
    NoHardLinks.assumeTaken(folder);
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
  }

  private Shell.Result score(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("spark.sql.catalog." + DyingRun.CATALOG, FolderCatalog.class.getName());
    settings.put("spark.sql.catalog." + DyingRun.CATALOG + ".root", data().getParent().toString());
    return Shell.run(
        NoHardLinks.under(
            HaltingRun.command(
                System.getProperty("java.class.path"),
                Fault.HALT,
                0,
                settings,
                "score",
                "--input",
                in().toString(),
                "--task",
                "multiclass",
                "--output-table",
                DyingRun.CATALOG + ".db.scores")));
  }

  private List<String> log() {
    String[] files = data().resolve("_delta_log").toFile().list();
    Arrays.sort(files);
    return List.of(files);
  }

  @Test
  void theRunIsRefusedByNameBeforeItScores() {
    List<String> before = log();
    Shell.Result refused = score(Map.of());
    assertEquals(5, refused.code(), refused.err() + refused.out());
    assertTrue(refused.err().contains("[TABLE_NOT_SERVED]"), refused.err());
    assertTrue(
        refused.err().contains("makes no hard link (Operation not permitted)"), refused.err());
    assertTrue(refused.err().contains("io.delta.kernel.logStore.file.impl"), refused.err());
    assertTrue(!refused.err().contains("scoring "), refused.err());
    assertEquals(before, log());
    assertEquals(List.of(), folders());
    assertEquals(List.of(), rows());
  }

  @Test
  void theLogStoreThatTheMessageNamesPublishesThere() {
    Shell.Result published =
        score(
            Map.of(
                "spark.hadoop.io.delta.kernel.logStore.file.impl", HDFSLogStore.class.getName()));
    assertEquals(0, published.code(), published.err());
    assertEquals(3, rows().size());
  }
}
