package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.DuckDb;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables whose files cannot be read as their columns are now, and are declined by name. */
class TableEvolutionRefusalTest extends LogitTable {
  private void makeTwoLogits(String more, String values) {
    makeLogits("id INT, logit_a FLOAT, logit_b FLOAT" + more);
    insert("(1, 1.5, 2" + values + ")");
  }

  @Test
  void defaultsAreNotFilledIn() {
    makeTwoLogits("", "");
    sql("ALTER TABLE %s SET TBLPROPERTIES ('format-version' = '3')");
    iceberg(logits)
        .updateSchema()
        .addColumn("source", Types.StringType.get(), "where it is from", Literal.of("old"))
        .commit();
    assertNotRead(scoreLogits(out()), "no column source", "default");
  }

  @Test
  void logitsThatHaveADefaultAreNotNullInOlderFiles() {
    makeTwoLogits("", "");
    sql("ALTER TABLE %s SET TBLPROPERTIES ('format-version' = '3')");
    iceberg(logits)
        .updateSchema()
        .addColumn("logit_c", Types.FloatType.get(), null, Literal.of(0.5f))
        .commit();
    String[] onBadRow = {"--on-bad-row", "null", "--max-bad-rows", "100%"};
    assertNotRead(scoreLogits(out(), onBadRow), "no column logit_c", "default");
    sql("INSERT INTO %s SELECT id + 1, logit_a, logit_b, logit_c FROM " + logits);
    assertNotRead(scoreLogits(out(), onBadRow), "no column logit_c", "default");
  }

  @Test
  void defaultsInsideOfAColumnAreNotFilledIn() {
    makeTwoLogits(", place STRUCT<x: INT>", ", named_struct('x', 1)");
    sql("ALTER TABLE %s SET TBLPROPERTIES ('format-version' = '3')");
    iceberg(logits)
        .updateSchema()
        .addColumn("place", "y", Types.IntegerType.get(), null, Literal.of(7))
        .commit();
    assertNotRead(scoreLogits(out()), "the column place");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP COLUMN place.y",
        "ALTER COLUMN place.y FIRST",
        "ALTER COLUMN place.x TYPE BIGINT",
        "RENAME COLUMN place.x TO z",
        "ADD COLUMN place.z INT",
        "ADD COLUMN places.element.z INT",
        "ALTER COLUMN places.element.x TYPE BIGINT",
        "RENAME COLUMN places.element.x TO z",
        "ADD COLUMN named.value.z INT",
        "RENAME COLUMN named.value.x TO z",
        "DROP COLUMN named.value.x"
      })
  void whatChangedInsideOfAColumnIsNotRead(String change) {
    makeTwoLogits(
        ", place STRUCT<x: INT, y: INT>, places ARRAY<STRUCT<x: INT, y: INT>>,"
            + " named MAP<STRING, STRUCT<x: INT, y: INT>>",
        ", named_struct('x', 1, 'y', 2), array(named_struct('x', 1, 'y', 2)),"
            + " map('k', named_struct('x', 1, 'y', 2))");
    assertPublished(scoreLogits(folder.resolve("before"), "--engine", "row"));
    sql("ALTER TABLE %s " + change);
    String column = change.replaceFirst(".* COLUMN (\\w+).*", "$1");
    assertNotRead(scoreLogits(out()), "the column " + column + " ");
  }

  @Test
  void aFieldThatWasDroppedAndAddedAgainInAColumnIsNotRead() {
    makeTwoLogits(", place STRUCT<x: INT, y: INT>", ", named_struct('x', 1, 'y', 2)");
    sql("ALTER TABLE %s DROP COLUMN place.y");
    sql("ALTER TABLE %s ADD COLUMN place.y INT");
    assertNotRead(scoreLogits(out()), "the column place ");
  }

  @Test
  void requiredColumnsThatFilesLackAreNotReadAsNull() {
    makeTwoLogits("", "");
    iceberg(logits)
        .updateSchema()
        .allowIncompatibleChanges()
        .addRequiredColumn("source", Types.StringType.get())
        .commit();
    assertNotRead(scoreLogits(out()), "no column source", "NOT NULL");
  }

  @Test
  void fieldsThatWereAddedToAColumnAreNotRead() {
    makeTwoLogits(", place STRUCT<x: INT>", ", named_struct('x', 1)");
    sql("ALTER TABLE %s ADD COLUMN place.y INT");
    assertNotRead(scoreLogits(out()), "the column place");
  }

  @Test
  void fieldsThatWereRenamedInAColumnAreNotRead() {
    makeTwoLogits(", place STRUCT<x: INT>", ", named_struct('x', 1)");
    sql("ALTER TABLE %s RENAME COLUMN place.x TO z");
    assertNotRead(scoreLogits(out()), "the column place");
  }

  @Test
  void aStructIsReadUnderAnotherNameWhereItIsTheSameInside() {
    makeTwoLogits(", place STRUCT<x: INT, y: STRING>", ", named_struct('x', 1, 'y', 'p')");
    sql("ALTER TABLE %s RENAME COLUMN place TO spot");
    assertPublished(scoreLogits(out(), "--engine", "row"));
    assertEquals("[[1, p]]", DuckDb.rows("SELECT spot.x, spot.y FROM " + output()).toString());
  }
}
