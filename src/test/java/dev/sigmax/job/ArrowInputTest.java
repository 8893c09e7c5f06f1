package dev.sigmax.job;

import static dev.sigmax.testing.ArrowJava.DOUBLE;
import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.HALF;
import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.ArrowJava;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Reference;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;

/**
 * Arrow IPC files and streams, written by Arrow's own library, give what the same rows give in
 * Parquet. Each job runs on both engines ({@link JobTest}).
 */
class ArrowInputTest extends JobTest {
  private static final String DIGITS =
      "SELECT image_id, digit, logit_0, logit_1, logit_2, logit_3, logit_4, logit_5, logit_6,"
          + " logit_7, logit_8, logit_9 FROM 'jobs/data/digits.parquet' ORDER BY image_id";

  private static final ArrowType FIXED_LIST = new ArrowType.FixedSizeList(10);

  private List<List<Object>> fromParquet(String file, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("score", "--input", file, "--output", folder.resolve("parquet").toString()));
    all.addAll(List.of(options));
    assertPublished(Program.run(all.toArray(new String[0])));
    return DuckDb.rows(
        "SELECT COLUMNS(*)::VARCHAR FROM '" + folder.resolve("parquet") + "/*.parquet' ORDER BY 1");
  }

  private static ArrowJava digits(ArrowType type) {
    ArrowJava writer = new ArrowJava().column("image_id", INT).column("digit", INT);
    for (int i = 0; i < 10; i++) {
      writer.column("logit_" + i, type);
    }
    return writer;
  }

  /** The digits with their logits as one list. */
  private static List<List<Object>> inLists() {
    return DuckDb.rows(DIGITS).stream()
        .map(row -> Arrays.asList(row.get(0), row.get(1), row.subList(2, row.size())))
        .toList();
  }

  private void assertDigitsCorrectlyRounded() {
    String logits = DIGITS.substring(DIGITS.indexOf("logit_0"), DIGITS.indexOf(" FROM"));
    List<List<Object>> rows =
        DuckDb.rows(
            "SELECT "
                + logits
                + ", "
                + logits.replace("logit", "prob")
                + " FROM 'jobs/data/digits.parquet' JOIN "
                + output()
                + " USING (image_id)");
    assertEquals(899, rows.size());
    for (List<Object> row : rows) {
      BigDecimal[] expected =
          Reference.softmax(row.stream().limit(10).mapToDouble(v -> (Float) v).toArray());
      for (int i = 0; i < 10; i++) {
        assertEquals(expected[i].floatValue(), row.get(10 + i));
      }
    }
  }

  @Test
  void digitsInColumnsAreCorrectlyRoundedSoftmax() {
    digits(FLOAT).batches(100).file(in().resolve("a.arrow"), DuckDb.rows(DIGITS));
    assertPublished(score("multiclass"));
    assertEngine("columnar");
    assertDigitsCorrectlyRounded();
    assertEquals(
        fromParquet("jobs/data/digits.parquet", "--task", "multiclass", "--keep", "image_id,digit"),
        DuckDb.rows("SELECT COLUMNS(*)::VARCHAR FROM " + output() + " ORDER BY 1"));
  }

  @Test
  void streamsAndCompressedFilesGiveTheSame() {
    List<List<Object>> rows = DuckDb.rows(DIGITS);
    List<List<Object>> expected =
        fromParquet("jobs/data/digits.parquet", "--task", "multiclass", "--keep", "image_id,digit");
    Path file = in().resolve("a.arrow");
    for (CodecType codec :
        new CodecType[] {CodecType.NO_COMPRESSION, CodecType.ZSTD, CodecType.LZ4_FRAME}) {
      digits(FLOAT).compressed(codec).batches(7).stream(file, rows);
      assertPublished(score("multiclass", "--replace"));
      assertEngine("columnar");
      assertEquals(
          expected, DuckDb.rows("SELECT COLUMNS(*)::VARCHAR FROM " + output() + " ORDER BY 1"));
      digits(FLOAT).compressed(codec).file(file, rows);
      assertPublished(score("multiclass", "--replace"));
      assertEquals(
          expected, DuckDb.rows("SELECT COLUMNS(*)::VARCHAR FROM " + output() + " ORDER BY 1"));
    }
  }

  @Test
  void listsOfAnyKindGiveTheSame() {
    List<List<Object>> expected =
        fromParquet(
            "jobs/data/digits.parquet",
            "--task",
            "multiclass",
            "--layout",
            "array",
            "--keep",
            "image_id,digit");
    ArrowType[] kinds = {
      FIXED_LIST,
      new ArrowType.List(),
      new ArrowType.LargeList(),
      new ArrowType.ListView(),
      new ArrowType.LargeListView()
    };
    for (ArrowType kind : kinds) {
      new ArrowJava()
          .column("image_id", INT)
          .column("digit", INT)
          .lists("scores", kind, FLOAT)
          .batches(250)
          .file(in().resolve("a.feather"), inLists());
      assertPublished(score("multiclass", "--logits", "scores", "--replace"));
      assertEngine("columnar");
      assertEquals(
          expected, DuckDb.rows("SELECT COLUMNS(*)::VARCHAR FROM " + output() + " ORDER BY 1"));
    }
  }

  @Test
  void doublesAreReadAsTheyAre() {
    String query = DIGITS.replaceAll("(logit_\\d)", "$1::DOUBLE / 3 AS $1");
    input("a.parquet", query);
    List<List<Object>> expected =
        fromParquet(in().resolve("a.parquet").toString(), "--task", "multilabel");
    digits(DOUBLE).batches(64).file(folder.resolve("arrow/a.arrow"), DuckDb.rows(query));
    assertPublished(scoreFrom(folder.resolve("arrow").toString(), "multilabel"));
    assertEquals(
        expected, DuckDb.rows("SELECT COLUMNS(*)::VARCHAR FROM " + output() + " ORDER BY 1"));
  }

  /** What half floats stand for, by their definition. */
  private static double half(int bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    double magnitude =
        exponent == 31
            ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
            : exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);
    return bits >> 15 == 0 ? magnitude : -magnitude;
  }

  /** Behind it are NaNs with a sign, which parquet-java does not keep where it writes rows. */
  private static final int MINUS_INFINITY = 0xFC00;

  @Test
  void everyHalfFloatIsTheFloatThatItStandsFor() {
    List<List<Object>> rows =
        IntStream.rangeClosed(0, MINUS_INFINITY)
            .<List<Object>>mapToObj(bits -> List.of(bits, (short) bits, (short) bits))
            .toList();
    new ArrowJava()
        .column("id", INT)
        .column("half", HALF)
        .column("logit", HALF)
        .file(in().resolve("a.arrow"), rows);
    assertPublished(
        score(
            "binary", "--logits", "logit", "--non-finite", "propagate", "--max-bad-rows", "100%"));
    assertEngine("columnar");
    List<List<Object>> read = DuckDb.rows("SELECT id, half FROM " + output() + " ORDER BY id");
    for (int bits = 0; bits <= MINUS_INFINITY; bits++) {
      assertEquals((float) half(bits), read.get(bits).get(1), Integer.toHexString(bits));
    }
    List<List<Object>> one =
        DuckDb.rows("SELECT half, prob_1 FROM " + output() + " WHERE id = 15360 + 512");
    assertEquals(1.5f, one.get(0).get(0));
    assertEquals(Reference.sigmoid(1.5).floatValue(), one.get(0).get(1));
  }

  @Test
  void manyRecordBatchesAndPartitionsAreReadWhole() {
    for (String day : List.of("2026-01-01", "2026-01-02")) {
      List<List<Object>> rows =
          IntStream.range(0, 20_000)
              .<List<Object>>mapToObj(i -> List.of(i, i % 7 - 3f, i % 5 - 2f, "row " + i))
              .toList();
      new ArrowJava()
          .column("id", INT)
          .column("logit_a", FLOAT)
          .column("logit_b", FLOAT)
          .column("text", TEXT)
          .batches(9_999)
          .file(in().resolve("dt=" + day + "/part.arrow"), rows);
    }
    assertPublished(score("multiclass"));
    assertEngine("columnar");
    assertEquals(40_000, manifest().at("/input/rows").asInt());
    assertEquals(
        List.of(List.of(40_000L, 20_000L, 2L)),
        DuckDb.rows(
            "SELECT count(*), count(DISTINCT id), count(DISTINCT dt) FROM "
                + output()
                + " WHERE text = 'row ' || id"));
  }

  @Test
  void oneRecordBatchIsScoredBySeveralTasks() {
    int count = 400_000;
    List<List<Object>> rows =
        IntStream.range(0, count)
            .<List<Object>>mapToObj(
                i -> Arrays.asList(i, i % 7 - 3f, i % 1001 == 9 ? null : i % 5 - 2f, "row " + i))
            .toList();
    new ArrowJava()
        .column("id", INT)
        .column("logit_a", FLOAT)
        .column("logit_b", FLOAT)
        .column("text", TEXT)
        .file(in().resolve("a.arrow"), rows);
    assertPublished(score("multiclass", "--on-bad-row", "null"));
    assertEngine("columnar");
    List<List<Object>> files =
        DuckDb.rows(
            "SELECT count(*), min(id), count(DISTINCT id) FROM read_parquet("
                + output()
                + ", filename = true) WHERE text = 'row ' || id"
                + " AND (row_issue IS NOT NULL) = (id % 1001 = 9) GROUP BY filename ORDER BY 2");
    assertEquals(2, files.size(), files.toString());
    assertEquals(
        (long) count, files.stream().mapToLong(file -> (Long) file.get(0)).sum(), files.toString());
    for (List<Object> file : files) {
      assertEquals(file.get(0), file.get(2), "rows twice in " + file);
      assertTrue((Long) file.get(0) > count / 4, files.toString());
    }
    assertEquals(9, manifest().at("/bad_row_samples/0/row").asInt());
  }

  @Test
  void evaluationAndCalibrationFindTheSame() throws IOException {
    Path file = digits(FLOAT).batches(300).file(in().resolve("a.arrow"), DuckDb.rows(DIGITS));
    List<JsonNode> found = new ArrayList<>();
    for (String input : List.of("jobs/data/digits.parquet", file.toString())) {
      Program evaluated = Program.run("evaluate", input, "--label", "digit", "--json");
      assertEquals(0, evaluated.code(), evaluated.err());
      found.add(new ObjectMapper().readTree(evaluated.out()));
      Path written = folder.resolve("calibration" + found.size() + ".yaml");
      Program calibrated =
          Program.run("calibrate", input, "--label", "digit", "--write", written.toString());
      assertEquals(0, calibrated.code(), calibrated.err());
    }
    assertEquals(found.get(0).at("/loss"), found.get(1).at("/loss"));
    assertEquals(found.get(0).at("/classes"), found.get(1).at("/classes"));
    assertEquals(
        temperature(folder.resolve("calibration1.yaml")),
        temperature(folder.resolve("calibration2.yaml")));
  }

  private static List<String> temperature(Path calibration) throws IOException {
    List<String> lines =
        Files.readAllLines(calibration).stream().filter(l -> l.contains("temperature")).toList();
    assertTrue(!lines.isEmpty());
    return lines;
  }
}
