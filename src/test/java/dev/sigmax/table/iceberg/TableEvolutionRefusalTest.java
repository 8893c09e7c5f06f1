package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.DuckDb;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

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

  @Test
  void filesWithoutFieldIdsAreNotRead() {
    makeTwoLogits("", "");
    input("a.parquet", "SELECT 2 AS id, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    iceberg(logits)
        .newAppend()
        .appendFile(
            DataFiles.builder(iceberg(logits).spec())
                .withPath(in().resolve("a.parquet").toUri().toString())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(in().resolve("a.parquet").toFile().length())
                .withRecordCount(1)
                .build())
        .commit();
    assertNotRead(scoreLogits(out()), "has no field ids");
  }
}
