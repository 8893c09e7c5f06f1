package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Each row of the contract's list of what is refused in the input. */
class InputRefusalTest extends JobTest {
  private static final String DOUBLES = THREE_ROWS.replace("FLOAT", "DOUBLE");

  @Test
  void aLogitColumnMissingInAFileIsRefused() {
    input("a.parquet", THREE_ROWS);
    Path b = input("b.parquet", "SELECT * EXCLUDE logit_b FROM (" + THREE_ROWS + ")");
    assertRefused(3, score("multiclass"), "logit_b", "is missing in", b.toString());
  }

  @Test
  void aLogitColumnThatOnlyALaterFileHasIsRefused() {
    input("a.parquet", THREE_ROWS);
    Path b = input("b.parquet", "SELECT *, 1::FLOAT AS logit_d FROM (" + THREE_ROWS + ")");
    assertRefused(3, score("multiclass"), "logit_d", b.toString());
    assertRefused(3, score("multiclass", "--keep", "id"), "logit_d", b.toString());
  }

  @Test
  void aKeptColumnMissingInAFileIsRefused() {
    input("a.parquet", THREE_ROWS);
    input("b.parquet", "SELECT * EXCLUDE id FROM (" + THREE_ROWS + ")");
    assertRefused(3, score("multiclass"), "column id", "--keep");
  }

  @Test
  void floatBesideDoubleIsRefusedUnlessBothAreReadAsDouble() {
    input("a.parquet", THREE_ROWS);
    input("b.parquet", DOUBLES);
    assertRefused(3, score("multiclass"), "float", "double", "--precision double");
    assertPublished(score("multiclass", "--precision", "double"));
    assertEquals(outputRows("id, prob_a").get(0).get(1), outputRows("id, prob_a").get(1).get(1));
  }

  @Test
  void arraysOfFloatBesideDoubleAreReadAsDouble() {
    input("a.parquet", "SELECT [1.5, 2]::FLOAT[] AS logits");
    input("b.parquet", "SELECT [1.5, 2]::DOUBLE[] AS logits");
    assertRefused(3, score("multiclass", "--logits", "logits"), "--precision double");
    assertPublished(score("multiclass", "--logits", "logits", "--precision", "double"));
    assertEquals(1L, DuckDb.value("SELECT count(DISTINCT probabilities) FROM " + output()));
  }

  @Test
  void aFileOfZeroBytesIsRefused() throws IOException {
    input("a.parquet", THREE_ROWS);
    Files.createFile(in().resolve("b.parquet"));
    assertRefused(3, score("multiclass"), "b.parquet", "0 bytes");
  }

  @Test
  void hiddenDataIsRefusedUnlessTheGlobLeavesItOut() {
    input("a.parquet", THREE_ROWS);
    Path hidden = input("_b.parquet", THREE_ROWS);
    assertRefused(3, score("multiclass"), "hidden data file", hidden.toString());
    assertPublished(scoreFrom(in() + "/a*.parquet", "multiclass"));
  }

  @Test
  void aFileThatBeginsWithADotIsHiddenData() {
    input("a.parquet", THREE_ROWS);
    input(".b.parquet", THREE_ROWS);
    assertRefused(3, score("multiclass"), "hidden data file", ".b.parquet");
  }

  @Test
  void otherHiddenNamesAreListedAsSkipped() throws IOException {
    input("a.parquet", THREE_ROWS);
    for (String name :
        new String[] {"_SUCCESS", "_committed_17", ".other.crc", "_sigmax", "._SUCCESS.crc"}) {
      Files.writeString(in().resolve(name), "x");
    }
    assertPublished(score("multiclass"));
    assertEquals(5, manifest().at("/input/skipped").size());
    assertTrue(manifest().at("/input/skipped/0/why").asText().contains("hidden"));
    assertEquals(0, manifest().at("/warnings").size());
  }

  @Test
  void aHiddenFolderIsSkippedWithAWarning() {
    input("a.parquet", THREE_ROWS);
    input("_old/a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    assertTrue(manifest().at("/warnings/0").asText().contains("left out of the input"));
  }

  @Test
  void aFileSystemThatIsNotThereIsNamed() {
    input("a.parquet", THREE_ROWS);
    assertRefused(3, scoreFrom("nosuch://bucket/x", "multiclass"), "nosuch");
    Program run =
        Program.run(
            "score",
            "--input",
            in().toString(),
            "--output",
            "nosuch://bucket/y",
            "--task",
            "multiclass");
    assertRefused(2, run, "nosuch");
  }

  @Test
  void aNestedFolderThatIsNoPartitionIsRefused() {
    input("a.parquet", THREE_ROWS);
    input("more/b.parquet", THREE_ROWS);
    assertRefused(3, score("multiclass"), "no partition", "more");
  }

  @Test
  void aDeltaTableIsRefused() throws IOException {
    input("a.parquet", THREE_ROWS);
    Files.createDirectories(in().resolve("_delta_log"));
    assertRefused(3, score("multiclass"), "table with a log");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    input("a.parquet", THREE_ROWS);
    Path b = input("b.parquet", THREE_ROWS);
    byte[] bytes = Files.readAllBytes(b);
    Files.write(b, java.util.Arrays.copyOf(bytes, bytes.length - 10));
    assertRefused(3, score("multiclass"), "b.parquet", "cannot be read as Parquet");
  }

  @Test
  void aFileThatIsNotParquetIsRefused() throws IOException {
    input("a.parquet", THREE_ROWS);
    Files.writeString(in().resolve("b.parquet"), "id,logit_a\n1,2\n3,4\n");
    assertRefused(
        3,
        score("multiclass"),
        "b.parquet",
        "its content is CSV, neither Parquet nor Arrow",
        "b-converted.parquet");
  }

  @Test
  void aPageWhoseChecksumIsWrongIsRefused() throws IOException {
    String written = path("written");
    spark()
        .range(0, 2000)
        .selectExpr("id", "CAST(id AS FLOAT) AS logit_a", "CAST(-id AS FLOAT) AS logit_b")
        .coalesce(1)
        .write()
        .option("compression", "none")
        .option("parquet.enable.dictionary", "false")
        .parquet(written);
    Path file;
    try (var files = Files.list(Path.of(written))) {
      file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    Files.createDirectories(in());
    Path damaged = in().resolve("a.parquet");
    Files.copy(file, damaged);
    try (RandomAccessFile bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      int old = bytes.read();
      bytes.seek(bytes.length() / 2);
      bytes.write(old ^ 0x10);
    }
    assertRefused(3, score("multiclass"), "a.parquet", "CRC");
  }

  /** Such an index is looked at only when its value is, outside what Spark guards by file. */
  @Test
  void aBrokenDictionaryIndexIsRefusedWithItsFile() throws IOException {
    Path sound = input("a.parquet", THREE_ROWS);
    Path file =
        input(
            "b.parquet",
            "SELECT i::INTEGER AS id, 'name ' || (i % 50) AS name, i::FLOAT AS logit_a, 1::FLOAT AS"
                + " logit_b, 2::FLOAT AS logit_c FROM range(20000) t(i)",
            ", COMPRESSION uncompressed");
    Files.delete(sound);
    byte[] whole = Files.readAllBytes(file);
    long start =
        (Long)
            DuckDb.value(
                "SELECT data_page_offset FROM parquet_metadata('"
                    + file
                    + "') WHERE path_in_schema = 'name'");
    int refused = 0;
    for (int at = (int) start + 100; at < start + 2000; at += 300) {
      byte[] bytes = whole.clone();
      bytes[at] |= (byte) 0xff;
      bytes[at + 1] |= (byte) 0xff;
      Files.write(file, bytes);
      Program run = score("multiclass");
      if (run.code() != 0) {
        assertRefused(3, run, "b.parquet");
        refused++;
      } else {
        Publications.remove(out());
      }
    }
    assertTrue(refused > 0, "no flip was found");
  }

  @Test
  void wrongTypesAreRefusedByName() {
    for (String type : new String[] {"VARCHAR", "BOOLEAN", "DATE"}) {
      String value = type.equals("DATE") ? "DATE '2026-11-21'" : "true::" + type;
      input("a.parquet", "SELECT 1::FLOAT AS logit_a, " + value + " AS logit_b");
      assertRefused(3, score("multiclass"), "logit_b", "a.parquet");
    }
  }

  @Test
  void columnsThatDifferOnlyInCaseAreRefused() {
    spark().conf().set("spark.sql.caseSensitive", "true");
    try {
      spark()
          .range(1)
          .selectExpr("1F AS logit_a", "2F AS logit_A")
          .write()
          .parquet(in().toString());
    } finally {
      spark().conf().unset("spark.sql.caseSensitive");
    }
    assertRefused(3, score("multiclass"), "differ only in case", "logit_a", "logit_A");
  }

  @Test
  void noMatchForAPathIsRefused() {
    assertRefused(3, scoreFrom(path("nowhere"), "multiclass"), "no file or folder matches");
    assertRefused(3, scoreFrom(path("nowhere*"), "multiclass"), "no file or folder matches");
  }

  @Test
  void aColumnThatIsNotThereIsRefusedWithThoseThatAre() {
    input("a.parquet", THREE_ROWS);
    assertRefused(3, score("multiclass", "--logits", "score_*"), "score_*", "id, logit_a");
    assertRefused(3, score("multiclass", "--logits", "logit_a,logit_x"), "logit_x", "logit_b");
    assertRefused(3, score("multiclass", "--keep", "idd"), "idd", "--keep");
  }

  @Test
  void theSameFileTwiceIsRefused() {
    Path a = input("a.parquet", THREE_ROWS);
    Program run =
        Program.run(
            "score",
            "--input",
            in().toString(),
            a.toString(),
            "--output",
            out().toString(),
            "--task",
            "multiclass");
    assertRefused(2, run, "twice", "a.parquet");
  }

  @Test
  void aLinkToAFileBesideItIsRefused() throws IOException {
    Path a = input("a.parquet", THREE_ROWS);
    Files.createSymbolicLink(in().resolve("b.parquet"), a);
    assertRefused(3, score("multiclass"), "b.parquet", "a.parquet", "twice");
    assertPublished(scoreFrom(in() + "/a*", "multiclass"));
  }

  @Test
  void aPartitionThatIsALinkToAnotherIsRefused() throws IOException {
    input("dt=1/a.parquet", THREE_ROWS);
    Files.createSymbolicLink(in().resolve("dt=latest"), in().resolve("dt=1"));
    assertRefused(3, score("multiclass"), "dt=latest", "twice");
  }

  @Test
  void aLinkToNowhereIsRefused() throws IOException {
    input("a.parquet", THREE_ROWS);
    Files.createSymbolicLink(in().resolve("b.parquet"), folder.resolve("nowhere.parquet"));
    assertRefused(3, score("multiclass"), "b.parquet", "a link to nowhere");
  }

  @Test
  void anOutputInAFolderThatALinkBelowTheInputLeadsToIsRefused() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real"));
    Files.move(input("a.parquet", THREE_ROWS), real.resolve("a.parquet"));
    Files.createSymbolicLink(in().resolve("dt=1"), real);
    Program run =
        Program.run(
            "score",
            "--input",
            in().toString(),
            "--output",
            real.resolve("out").toString(),
            "--task",
            "multiclass");
    assertRefused(2, run, "lie one in the other", "dt=1");
  }

  @Test
  void aNameThatSparkFillsWithRowNumbersIsRefused() {
    input(
        "a.parquet",
        "SELECT 1 AS _tmp_metadata_row_index, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertRefused(3, score("multiclass"), "_tmp_metadata_row_index", "a.parquet", "Rename");
  }

  @Test
  void aPartitionThatTheLogitsMeanTooIsRefused() {
    input("logit_c=9.5/a.parquet", "SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertRefused(3, score("multiclass"), "logit_c", "is a string");
    assertPublished(score("multiclass", "--logits", "logit_a,logit_b"));
  }

  @Test
  void partitionsThatDifferOnlyInCaseAreRefused() {
    input("x=1/X=2/a.parquet", THREE_ROWS);
    assertRefused(3, score("multiclass"), "differ only in case", "x", "X");
  }

  @Test
  void aTwinOfTheQuarantinesColumnIsRefused() {
    input("a.parquet", "SELECT 'x' AS \"ROW_ISSUE\", 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    String[] quarantine = {"--on-bad-row", "quarantine", "--keep", "logit_a"};
    assertRefused(2, score("multiclass", quarantine), "row_issue");
  }

  @Test
  void arraysOfArraysAreRefusedByNameAndLookedOver() {
    input("a.parquet", "SELECT [[1::FLOAT]] AS deep, [1::FLOAT, 2::FLOAT] AS flat");
    assertRefused(3, score("multiclass", "--logits", "deep"), "deep", "array<array<float>>");
    Program inspected = Program.run("inspect", in().toString());
    assertEquals(0, inspected.code(), inspected.err());
    assertPublished(score("multiclass", "--logits", "flat", "--keep", "flat"));
  }
}
