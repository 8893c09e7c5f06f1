package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.PrunedRows;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same as of Iceberg's tables, by what a log says of the files of a run. */
class DeltaPruningTest extends DeltaTest {
  @BeforeEach
  void makeTable() {
    create(PrunedRows.COLUMNS);
    input("a.parquet", PrunedRows.SELECT);
    delta.sparkContext().hadoopConfiguration().set(PrunedRows.ROW_GROUP_ROWS, "2");
  }

  @AfterEach
  void asBefore() {
    delta.sparkContext().hadoopConfiguration().unset(PrunedRows.ROW_GROUP_ROWS);
  }

  private List<String> ids(String source, String condition) {
    return PrunedRows.ids(delta, source, condition);
  }

  @ParameterizedTest
  @ValueSource(strings = {"columnar", "row"})
  void noRowIsPassedOverByTheStatisticsOfItsFile(String engine) {
    assertPublished(scoreToTable("--engine", engine));
    delta.table(table).localCheckpoint().createOrReplaceTempView("all_rows");
    assertEquals(8, delta.table("all_rows").count());
    assertEquals(PrunedRows.picked(delta, "all_rows"), PrunedRows.picked(delta, table));
    assertEquals(8, delta.sql("SELECT count(*) FROM " + table).head().getLong(0));
    assertEquals(8, delta.sql("SELECT max(id) FROM " + table).head().getInt(0));
    assertEquals(1, delta.sql("SELECT min(n) FROM " + table).head().getInt(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x < 100", "y < 3", "t < 'y'"})
  void aDeleteTakesOutTheRowsThatItsConditionPicks(String condition) {
    assertPublished(scoreToTable());
    delta.table(table).localCheckpoint().createOrReplaceTempView("all_rows");
    sql("DELETE FROM %s WHERE " + condition);
    assertEquals(
        ids("all_rows", "NOT coalesce(" + condition + ", false)"), ids(table, "true"), condition);
  }
}
