package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import java.nio.file.Path;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.junit.jupiter.api.Test;

/**
 * Tables with files that they did not write, as {@code add_files} takes them in: without field ids.
 * What they should be read as is what Iceberg's own reader reads.
 */
class NameMappingTest extends LogitTable {
  private static final String FOREIGN =
      "SELECT * FROM (VALUES (7, 1.5::FLOAT, 2::FLOAT, 'x'), (8, 0::FLOAT, 3::FLOAT, NULL))"
          + " t(id, logit_a, logit_b, note)";

  private void make() {
    makeLogits("id INT, logit_a FLOAT, logit_b FLOAT, note STRING");
    insert("(1, 1.5, 2, 'own')");
  }

  /** Takes a file into the table as it is. */
  private void add(Path file) {
    iceberg(logits).newAppend().appendFile(described(file).build()).commit();
  }

  private DataFiles.Builder described(Path file) {
    return DataFiles.builder(iceberg(logits).spec())
        .withPath(file.toUri().toString())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(file.toFile().length())
        .withRecordCount(2);
  }

  /** As {@code add_files} does with a table that has none. */
  private void mapNames() {
    iceberg(logits)
        .updateProperties()
        .set(
            TableProperties.DEFAULT_NAME_MAPPING,
            NameMappingParser.toJson(MappingUtil.create(iceberg(logits).schema())))
        .commit();
  }

  @Test
  void filesWithoutFieldIdsAreReadByTheNamesThatTheTableMaps() {
    make();
    mapNames();
    add(input("a.parquet", FOREIGN));
    assertReadAsIcebergReadsIt();
    assertPublished(scoreLogits(out()));
    assertEquals("[[1], [7], [8]]", outputRows("id").toString());
    assertTrue(manifest().at("/input/table/columns").isNull(), manifest().toString());
  }

  @Test
  void whatIsInsideOfColumnsIsMappedToo() {
    makeLogits("id INT, logit_a FLOAT, logit_b FLOAT, place STRUCT<x: INT>, tags ARRAY<STRING>");
    mapNames();
    add(
        input(
            "a.parquet",
            "SELECT i AS id, i::FLOAT AS logit_a, 2::FLOAT AS logit_b, {'x': i} AS place,"
                + " ['p', 'q'] AS tags FROM (VALUES (1::INT), (2)) t(i)"));
    assertPublished(scoreLogits(out(), "--engine", "row"));
    assertEquals(
        "[[1, 1, [p, q]], [2, 2, [p, q]]]",
        DuckDb.rows("SELECT id, place.x, tags FROM " + output() + " ORDER BY id").toString());
  }

  @Test
  void withoutAMappingTheyAreNotRead() {
    make();
    add(input("a.parquet", FOREIGN));
    assertNotRead(scoreLogits(out()), "has no field ids", "schema.name-mapping.default");
  }

  @Test
  void columnsOfOtherNamesThanNowAreNotRead() {
    make();
    mapNames();
    Path file = input("a.parquet", FOREIGN);
    add(file);
    sql("ALTER TABLE %s RENAME COLUMN logit_b TO logit_z");
    assertNotRead(scoreLogits(out()), file.getFileName().toString(), "found by their names");
  }

  @Test
  void aColumnThatWasAddedSinceIsNotNullInSilence() {
    make();
    mapNames();
    add(input("a.parquet", FOREIGN));
    sql("ALTER TABLE %s ADD COLUMN more INT");
    assertNotRead(scoreLogits(out()), "found by their names");
    sql("ALTER TABLE %s DROP COLUMN more");
    assertReadAsIcebergReadsIt();
  }

  @Test
  void aColumnThatExchangedItsNameWithAnotherIsNotRead() {
    make();
    mapNames();
    add(input("a.parquet", FOREIGN));
    sql("ALTER TABLE %s RENAME COLUMN logit_a TO spare");
    sql("ALTER TABLE %s RENAME COLUMN logit_b TO logit_a");
    sql("ALTER TABLE %s RENAME COLUMN spare TO logit_b");
    assertNotRead(scoreLogits(out()), "found by their names");
  }

  @Test
  void otherTypesThanTheTablesAreNotRead() {
    make();
    mapNames();
    add(input("a.parquet", FOREIGN.replace("1.5::FLOAT", "1.5::DOUBLE")));
    assertNotRead(scoreLogits(out()), "the column logit_a as DOUBLE, and the table as FLOAT");
  }

  @Test
  void aPartitionThatIsKeptBesideTheFileIsNotNullInSilence() {
    makeLogits("id INT, logit_a FLOAT, logit_b FLOAT, dt STRING");
    iceberg(logits).updateSpec().addField("dt").commit();
    mapNames();
    Path file = input("a.parquet", FOREIGN.replace("SELECT *", "SELECT * EXCLUDE (note)"));
    iceberg(logits)
        .newAppend()
        .appendFile(described(file).withPartitionPath("dt=2026-11-21").build())
        .commit();
    assertNotRead(scoreLogits(out()), "no column dt", "as a partition");
  }
}
