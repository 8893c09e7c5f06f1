package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sigmax.columnar.plan.PageReaderChoice;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs that read a table whose files were written under earlier schemas. What they should read is
 * what Iceberg's own reader reads.
 */
class TableEvolutionTest extends LogitTable {
  private static final String THREE_LOGITS =
      "id INT, logit_a FLOAT, logit_b FLOAT, logit_c FLOAT, note STRING";

  private void makeThreeLogits() {
    makeLogits(THREE_LOGITS);
    insert("(1, 1.5, 2, -1, 'x'), (2, 0, 0, 0, NULL), (3, -7, 3, 3, 'y')");
  }

  @Test
  void columnsThatWereRenamedKeepTheirValues() {
    makeThreeLogits();
    sql("ALTER TABLE %s RENAME COLUMN logit_c TO logit_z");
    sql("ALTER TABLE %s RENAME COLUMN note TO remark");
    insert("(4, 1, 2, 3, 'z')");
    assertReadAsIcebergReadsIt();
  }

  @Test
  void columnsThatExchangedTheirNamesAreExchanged() {
    makeThreeLogits();
    sql("ALTER TABLE %s RENAME COLUMN logit_a TO spare");
    sql("ALTER TABLE %s RENAME COLUMN logit_b TO logit_a");
    sql("ALTER TABLE %s RENAME COLUMN spare TO logit_b");
    assertReadAsIcebergReadsIt();
    insert("(4, 1, 2, 3, 'z')");
    assertReadAsIcebergReadsIt();
  }

  @Test
  void namesThatIcebergWritesOtherwiseAreRead() {
    makeLogits("id INT, `logit_a b` FLOAT, `logit_c-d` FLOAT, `1st` STRING");
    insert("(1, 1.5, 2, 'x'), (2, 0, 0, NULL)");
    assertReadAsIcebergReadsIt();
  }

  @Test
  void aColumnThatFilesDoNotHaveYetIsNullInThem() {
    makeThreeLogits();
    sql("ALTER TABLE %s ADD COLUMN day DATE");
    sql("ALTER TABLE %s ADD COLUMN tags ARRAY<STRING>");
    insert("(4, 1, 2, 3, 'z', DATE '2026-11-21', array('p', 'q'))");
    assertReadAsIcebergReadsIt("--keep", "id,day");
    assertPublished(scoreLogits(out(), "--engine", "row"));
    assertEquals(
        "[[4, [p, q]]]",
        DuckDb.rows("SELECT id, tags FROM " + output() + " WHERE tags IS NOT NULL").toString());
  }

  @Test
  void aColumnOfTheSameNameIsNotTheOneThatWasDropped() {
    makeThreeLogits();
    sql("ALTER TABLE %s DROP COLUMN note");
    insert("(4, 1, 2, 3)");
    assertReadAsIcebergReadsIt();
    sql("ALTER TABLE %s ADD COLUMN note STRING");
    insert("(5, 3, 2, 1, 'new')");
    assertReadAsIcebergReadsIt();
    assertPublished(scoreLogits(out(), "--keep", "note"));
    assertEquals(
        DuckDb.rows("SELECT * FROM (VALUES ('new'), (NULL), (NULL), (NULL), (NULL)) ORDER BY ALL"),
        outputRows("note"));
  }

  @Test
  void logitsComeInTheOrderOfTheTable() {
    makeThreeLogits();
    sql("ALTER TABLE %s ALTER COLUMN logit_c AFTER id");
    assertReadAsIcebergReadsIt();
    insert("(4, 3, 1, 2, 'z')");
    assertReadAsIcebergReadsIt("--layout", "array");
    assertPublished(scoreLogits(out()));
    assertEquals(
        List.of("id", "note", "prob_c", "prob_a", "prob_b"),
        columns(out()).stream().map(column -> column.get(0)).toList().subList(0, 5));
  }

  @Test
  void narrowerNumbersAreReadAsTheTableHasThem() {
    makeLogits("id INT, logit_a FLOAT, logit_b INT, count INT, weight FLOAT");
    insert("(1, 1.1, -2, 5, 0.1), (2, NULL, 7, NULL, NULL), (3, 0.1, 0, -2147483648, -0.0)");
    for (String column : List.of("id", "logit_b", "count")) {
      sql("ALTER TABLE %s ALTER COLUMN " + column + " TYPE BIGINT");
    }
    sql("ALTER TABLE %s ALTER COLUMN logit_a TYPE DOUBLE");
    sql("ALTER TABLE %s ALTER COLUMN weight TYPE DOUBLE");
    assertReadAsIcebergReadsIt("--on-bad-row", "null");
    insert("(5000000000, 0.1, 9007199254740993, -1, 0.1)");
    assertReadAsIcebergReadsIt("--on-bad-row", "null");
    assertReadAsIcebergReadsIt("--on-bad-row", "null", "--precision", "float");
  }

  @Test
  void narrowerDecimalsAreReadBySparksReaderAndTheManifestSaysSo() {
    makeLogits("id INT, logit_a DECIMAL(5, 2), logit_b DECIMAL(9, 3), price DECIMAL(12, 2)");
    insert("(1, 1.1, -2, 1.50), (2, 3.25, 7.125, NULL), (3, -1.75, 0, -9999999999.99)");
    sql("ALTER TABLE %s ALTER COLUMN logit_a TYPE DECIMAL(12, 2)");
    sql("ALTER TABLE %s ALTER COLUMN logit_b TYPE DECIMAL(20, 3)");
    sql("ALTER TABLE %s ALTER COLUMN price TYPE DECIMAL(30, 2)");
    insert("(4, 1234567890.12, 0.001, 123456789012345678901234567.89)");
    assertReadAsIcebergReadsIt(PageReaderChoice.OWN);
    assertPublished(scoreLogits(out(), "--keep", "id"));
    String why = manifest().at("/engine/why").asText();
    assertTrue(
        why.contains("read by Spark's reader because the column logit_a is decimal(5,2)"), why);
  }

  @Test
  void arraysOfNarrowerNumbersAreReadAsTheTableHasThem() {
    makeLogits("id INT, scores ARRAY<FLOAT>");
    insert("(1, array(1.1F, 2F, 3F)), (2, array(0.1F, -5F, 0F)), (3, NULL)");
    sql("ALTER TABLE %s ALTER COLUMN scores.element TYPE DOUBLE");
    sql("ALTER TABLE %s RENAME COLUMN scores TO logits");
    insert("(4, array(0.1D, 0.2D, 0.3D))");
    assertReadAsIcebergReadsIt("--logits", "logits", "--classes", "3", "--on-bad-row", "null");
  }

  @Test
  void rowsOfFilesWithoutALogitAreBadRows() {
    makeThreeLogits();
    sql("ALTER TABLE %s ADD COLUMN logit_d FLOAT");
    insert("(4, 1, 2, 3, 'z', 4), (5, 0, 0, 0, 'z', NULL)");
    assertRefused(4, scoreLogits(out()), "4 of 5 rows are bad", "null");
    for (String layout : List.of("columns", "array")) {
      assertReadAsIcebergReadsIt("--on-bad-row", "null", "--max-bad-rows", "4", "--layout", layout);
    }
    Program run = scoreLogits(out(), "--on-bad-row", "quarantine", "--max-bad-rows", "80%");
    assertPublished(run);
    assertEquals(DuckDb.rows("SELECT 4"), outputRows("id"));
    assertEquals(
        DuckDb.rows(
            "SELECT * FROM (VALUES (1, 1.5::FLOAT, NULL::FLOAT, 'null'), (5, 0, NULL, 'null'))"),
        DuckDb.rows(
            "SELECT id, logit_a, logit_d, row_issue FROM '"
                + out()
                + "/_quarantine/*.parquet' WHERE id IN (1, 5) ORDER BY id"));
    String filled = "files of the table %s were written before it had all".formatted(logits);
    String warnings = manifest().at("/warnings").toString();
    assertTrue(warnings.contains(filled) && warnings.contains("logit_d in "), warnings);
  }

  @Test
  void filesWithoutTheArrayOfLogitsGiveBadRows() {
    makeLogits("id INT");
    insert("(1), (2)");
    sql("ALTER TABLE %s ADD COLUMN logits ARRAY<FLOAT>");
    insert("(3, array(1F, 2F, 3F))");
    assertReadAsIcebergReadsIt("--logits", "logits", "--on-bad-row", "null", "--max-bad-rows", "2");
    assertReadAsIcebergReadsIt(
        "--logits", "logits", "--classes", "3", "--on-bad-row", "null", "--max-bad-rows", "2");
  }

  @Test
  void aTaskOfEachKindReadsMissingLogitsAsNull() {
    makeLogits("id INT, logit_a DOUBLE");
    insert("(1, 1.5), (2, -2)");
    sql("ALTER TABLE %s ADD COLUMN logit_b DOUBLE");
    insert("(3, 1, 2)");
    String[] bad = {"--on-bad-row", "null", "--max-bad-rows", "2", "--add", "margin,entropy"};
    assertReadAsIcebergReadsIt(bad);
    String[] multilabel = Arrays.copyOf(bad, bad.length + 2);
    multilabel[bad.length] = "--task";
    multilabel[bad.length + 1] = "multilabel";
    assertReadAsIcebergReadsIt(multilabel);
    assertReadAsIcebergReadsIt(
        "--task", "binary", "--logits", "logit_b", "--on-bad-row", "null", "--max-bad-rows", "2");
  }

  @Test
  void theManifestHasTheIdsThatColumnsWereFoundBy() {
    makeThreeLogits();
    assertPublished(scoreLogits(out()));
    assertTrue(manifest().at("/input/table/columns").isNull(), manifest().toString());
    sql("ALTER TABLE %s RENAME COLUMN logit_c TO logit_z");
    Path renamed = folder.resolve("renamed");
    assertPublished(scoreLogits(renamed));
    JsonNode column = manifest(renamed).at("/input/table/columns/3");
    assertEquals("logit_z", column.get("name").asText());
    assertEquals("FLOAT", column.get("type").asText());
    assertEquals(4, column.get("id").asInt());
  }

  @Test
  void theSameFilesUnderOtherNamesAreAnotherRun() {
    makeThreeLogits();
    sql("ALTER TABLE %s RENAME COLUMN note TO remark");
    assertPublished(scoreLogits(out()));
    assertTrue(scoreLogits(out()).out().startsWith("already published"));
    String first = manifest().at("/fingerprint").asText();
    sql("ALTER TABLE %s RENAME COLUMN logit_a TO spare");
    sql("ALTER TABLE %s RENAME COLUMN logit_b TO logit_a");
    sql("ALTER TABLE %s RENAME COLUMN spare TO logit_b");
    sql("ALTER TABLE %s ALTER COLUMN logit_b AFTER logit_a");
    Path second = folder.resolve("second");
    assertPublished(scoreLogits(second));
    assertFalse(first.equals(manifest(second).at("/fingerprint").asText()));
    assertPublished(Program.run("verify", second.toString()));
  }

  @Test
  void anEarlierStateIsReadByTheNamesOfThen() {
    makeThreeLogits();
    long before = iceberg(logits).currentSnapshot().snapshotId();
    sql("ALTER TABLE %s RENAME COLUMN logit_c TO logit_z");
    insert("(4, 1, 2, 3, 'z')");
    assertPublished(scoreLogits(out(), "--as-of", Long.toString(before)));
    assertEquals("[[3]]", DuckDb.rows("SELECT count(prob_c) FROM " + output()).toString());
  }

  @Test
  void aRunIsExplainedFromTheColumnsThatItRead() {
    makeLogits("id INT, other INT, logit_a FLOAT, logit_b FLOAT");
    insert("(1, 100, 1.25, 2), (2, 200, 0, 0)");
    sql("ALTER TABLE %s RENAME COLUMN id TO spare");
    sql("ALTER TABLE %s RENAME COLUMN other TO id");
    sql("ALTER TABLE %s RENAME COLUMN spare TO other");
    sql("ALTER TABLE %s RENAME COLUMN logit_a TO logit_z");
    assertPublished(scoreLogits(out()));
    Program run = Program.run("explain", out().toString(), "--where", "id = 100");
    assertPublished(run);
    assertTrue(run.out().contains("1.25"), run.out());
    Program none = Program.run("explain", out().toString(), "--where", "id = 1");
    assertEquals(3, none.code(), none.out());
  }

  @Test
  void aRunIsMeasuredByTheColumnsThatItRead() {
    makeThreeLogits();
    sql("ALTER TABLE %s RENAME COLUMN logit_a TO logit_z");
    sql("ALTER TABLE %s ADD COLUMN truth STRING");
    insert("(4, 3, 1, 2, 'z', 'z'), (5, 3, 1, 2, 'z', 'b')");
    assertPublished(scoreLogits(out()));
    Program run = Program.run("evaluate", out().toString(), "--label", "truth", "--json");
    assertPublished(run);
    assertTrue(run.out().contains("\"labelled\" : 2"), run.out());
    assertTrue(run.out().contains("\"accuracy\" : 0.5"), run.out());
  }

  @Test
  void aFolderThatIsWrittenHasNoFieldIds() {
    makeThreeLogits();
    sql("ALTER TABLE %s RENAME COLUMN note TO remark");
    for (String engine : List.of("row", "columnar")) {
      Path output = folder.resolve(engine);
      assertPublished(scoreLogits(output, "--engine", engine));
      assertEquals(
          "[[0]]",
          DuckDb.rows("SELECT count(field_id) FROM parquet_schema('" + output + "/*.parquet')")
              .toString());
    }
  }

  @Test
  void aDamagedPageIsFoundByItsFieldId() throws IOException {
    makeThreeLogits();
    sql("ALTER TABLE %s RENAME COLUMN logit_c TO logit_z");
    Path file = dataFile();
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4, 12, (byte) 0x55);
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    for (String engine : List.of("row", "columnar")) {
      assertRefused(
          3, scoreLogits(out(), "--engine", engine), file.getFileName().toString(), "damaged");
    }
  }

  private Path dataFile() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }
}
