package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Row groups without rows, as Arrow's writer leaves them where it is given an empty table. */
class EmptyRowGroupsTest extends JobTest {
  /** Rows 1 to 3, none, rows 1 and 2, none; and a file of one row group without rows. */
  private static final String SOME = "pyarrow-empty-row-groups.parquet";

  private static final String NONE = "pyarrow-empty.parquet";

  private void take(String name) throws IOException {
    Files.createDirectories(in());
    try (InputStream golden = getClass().getResourceAsStream("/golden/" + name)) {
      Files.copy(golden, in().resolve(name));
    }
  }

  @Test
  void rowsAroundEmptyRowGroupsAreScored() throws IOException {
    take(SOME);
    assertPublished(score("multiclass"));
    assertEquals(
        List.of(List.of(1L), List.of(1L), List.of(2L), List.of(2L), List.of(3L)),
        DuckDb.rows("SELECT id FROM '" + out() + "/*.parquet' ORDER BY id"));
  }

  @Test
  void aFileOfAnEmptyRowGroupGivesNoRows() throws IOException {
    take(NONE);
    assertPublished(score("multiclass"));
    assertEquals(0, manifest().at("/checks/rows").asLong());
  }

  @Test
  void suchAFileBesideOthersAddsNothing() throws IOException {
    take(SOME);
    take(NONE);
    assertPublished(score("multiclass"));
    assertEquals(5, manifest().at("/checks/rows").asLong());
  }

  @Test
  void inspectLooksAtTheRowGroupsWithRows() throws IOException {
    take(SOME);
    take(NONE);
    Program run = Program.run("inspect", in().toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("--task multiclass"), run.out());
    assertFalse(run.out().contains("cannot read"), run.out());
  }
}
