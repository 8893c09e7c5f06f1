package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.PrunedRows;
import dev.sigmax.testing.SparkMinor;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries that Iceberg answers by the statistics of the files of a run: they find the rows that
 * Spark finds in the run's files themselves, where nothing is passed over.
 */
class TablePruningTest extends TableTest {
  @BeforeEach
  void makeTable() {
    create(PrunedRows.COLUMNS);
    input("a.parquet", PrunedRows.SELECT);
    spark().sparkContext().hadoopConfiguration().set(PrunedRows.ROW_GROUP_ROWS, "2");
  }

  @AfterEach
  void asBefore() {
    spark().sparkContext().hadoopConfiguration().unset(PrunedRows.ROW_GROUP_ROWS);
  }

  private static List<String> ids(String source, String condition) {
    return PrunedRows.ids(spark(), source, condition);
  }

  @ParameterizedTest
  @ValueSource(strings = {"columnar", "row"})
  void noRowIsPassedOverByTheStatisticsOfItsFile(String engine) throws IOException {
    assertPublished(scoreToTable("--engine", engine));
    spark().table(table).localCheckpoint().createOrReplaceTempView("all_rows");
    assertEquals(8, spark().table("all_rows").count());
    assertEquals(PrunedRows.picked(spark(), "all_rows"), PrunedRows.picked(spark(), table));
    for (FileScanTask task : files()) {
      // The Parquet of Spark 4.0 does not end a row group by its rows.
      assertEquals(
          engine.equals("columnar") || SparkMinor.hasParquetForDelta() ? 4L : 1L,
          DuckDb.value(
              "SELECT count(DISTINCT row_group_id) FROM parquet_metadata('%s')"
                  .formatted(URI.create(task.file().location()).getPath())));
      assertEquals(Set.of("id", "n", "prob_a", "prob_b", "row_sum"), bounded(task.file()));
    }
  }

  private List<FileScanTask> files() throws IOException {
    try (CloseableIterable<FileScanTask> tasks =
        iceberg().newScan().includeColumnStats().planFiles()) {
      List<FileScanTask> files = new ArrayList<>();
      tasks.forEach(files::add);
      return files;
    }
  }

  private Set<String> bounded(DataFile file) {
    return file.lowerBounds().keySet().stream()
        .map(iceberg().schema()::findColumnName)
        .collect(Collectors.toSet());
  }

  /** Iceberg removes whole files where their statistics say that the condition picks all rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {"x < 100", "x > -1", "y >= 0", "y < 3", "t < 'y'", "t >= 'a'", "x <> 77", "n < 9"})
  void aDeleteTakesOutTheRowsThatItsConditionPicks(String condition) {
    assertPublished(scoreToTable());
    spark().table(table).localCheckpoint().createOrReplaceTempView("all_rows");
    spark().sql("DELETE FROM " + table + " WHERE " + condition);
    assertEquals(
        ids("all_rows", "NOT coalesce(" + condition + ", false)"), ids(table, "true"), condition);
  }
}
