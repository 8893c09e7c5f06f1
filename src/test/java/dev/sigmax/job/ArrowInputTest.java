package dev.sigmax.job;

import static dev.sigmax.testing.ArrowJava.DOUBLE;
import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.HALF;
import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.LONG;
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
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
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

  private void assertEngine(String path) {
    assertEquals(path, manifest().at("/engine/path").asText(), manifest().at("/engine").toString());
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
  void theBitsOfAKeptNaNStayOnTheColumnarEngineAlone() {
    int odd = 0xFFC12345;
    new ArrowJava()
        .column("id", INT)
        .column("kept", FLOAT)
        .column("logit", FLOAT)
        .file(in().resolve("a.arrow"), List.of(List.of(1, Float.intBitsToFloat(odd), 0f)));
    for (String engine : List.of("columnar", "row")) {
      assertPublished(score("binary", "--logits", "logit", "--engine", engine, "--replace"));
      float kept = spark().read().parquet(out().toString()).select("kept").first().getFloat(0);
      assertEquals(
          engine.equals("columnar") ? odd : Float.floatToIntBits(Float.NaN),
          Float.floatToRawIntBits(kept),
          engine);
    }
  }

  @Test
  void nullsAreNulls() {
    List<List<Object>> rows =
        List.of(
            Arrays.asList(1, 1.5f, 2f, "a"),
            Arrays.asList(2, null, 2f, null),
            Arrays.asList(null, 3f, -1f, "c"));
    new ArrowJava()
        .column("id", INT)
        .column("logit_a", FLOAT)
        .column("logit_b", FLOAT)
        .column("name", TEXT)
        .file(in().resolve("a.arrow"), rows);
    assertPublished(score("multiclass", "--on-bad-row", "null", "--max-bad-rows", "1"));
    assertEngine("columnar");
    assertEquals(
        List.of(
            Arrays.asList(1, "a", null),
            Arrays.asList(2, null, "null"),
            Arrays.asList(null, "c", null)),
        outputRows("id, name, row_issue"));
    assertEquals(1, manifest().at("/bad_row_samples/0/row").asInt());
    assertTrue(
        manifest().at("/bad_row_samples/0/file").asText().endsWith("a.arrow"),
        manifest()::toString);
  }

  @Test
  void aNullListHasNoLogitsThoughItsPlaceHasSome() {
    for (ArrowType kind :
        new ArrowType[] {
          new ArrowType.FixedSizeList(2), new ArrowType.List(), new ArrowType.ListView()
        }) {
      new ArrowJava()
          .column("id", INT)
          .lists("scores", kind, FLOAT)
          .file(
              in().resolve("a.arrow"),
              List.of(
                  Arrays.asList(1, List.of(0f, 0f)),
                  Arrays.asList(2, null),
                  Arrays.asList(3, List.of(2f, 2f)),
                  Arrays.asList(4, Arrays.asList(null, 1f))));
      assertPublished(
          score(
              "multiclass",
              "--logits",
              "scores",
              "--on-bad-row",
              "quarantine",
              "--max-bad-rows",
              "2",
              "--replace"));
      assertEquals(
          List.of(List.of(1, "[0.5, 0.5]"), List.of(3, "[0.5, 0.5]")),
          outputRows("id, probabilities::VARCHAR"));
      assertEquals(
          List.of(Arrays.asList(2, null), Arrays.asList(4, "[NULL, 1.0]")),
          DuckDb.rows(
              "SELECT id, scores::VARCHAR FROM '" + out() + "/_quarantine/*.parquet' ORDER BY id"));
    }
  }

  @Test
  void listsOfDifferentLengthsAreBadRows() {
    new ArrowJava()
        .column("id", INT)
        .lists("scores", new ArrowType.List(), DOUBLE)
        .batches(2)
        .file(
            in().resolve("a.arrow"),
            List.of(
                Arrays.asList(1, List.of(1.0, 1.0)),
                Arrays.asList(2, List.of()),
                Arrays.asList(3, List.of(1.0, 2.0, 3.0)),
                Arrays.asList(4, List.of(0.0, 0.0))));
    assertPublished(
        score(
            "multiclass",
            "--logits",
            "scores",
            "--classes",
            "2",
            "--on-bad-row",
            "null",
            "--max-bad-rows",
            "2"));
    assertEngine("columnar");
    assertEquals(
        List.of(
            Arrays.asList(1, null),
            Arrays.asList(2, "empty"),
            Arrays.asList(3, "length"),
            Arrays.asList(4, null)),
        outputRows("id, row_issue"));
  }

  @Test
  void dictionariesOfTextsAreTexts() {
    for (boolean stream : new boolean[] {false, true}) {
      ArrowJava writer =
          new ArrowJava()
              .column("id", LONG)
              .dictionary("colour", "red", "green", null)
              .column("logit", DOUBLE)
              .batches(2);
      List<List<Object>> rows =
          List.of(
              Arrays.asList(1L, 1, 0.0),
              Arrays.asList(2L, 0, 0.0),
              Arrays.asList(3L, null, 0.0),
              Arrays.asList(4L, 2, 0.0),
              Arrays.asList(5L, 1, 0.0));
      Path file = in().resolve("a.arrow");
      if (stream) {
        writer.stream(file, rows);
      } else {
        writer.file(file, rows);
      }
      assertPublished(score("binary", "--logits", "logit", "--replace"));
      assertEngine("columnar");
      assertEquals(
          List.of(
              Arrays.asList(1L, "green", 0.5),
              Arrays.asList(2L, "red", 0.5),
              Arrays.asList(3L, null, 0.5),
              Arrays.asList(4L, null, 0.5),
              Arrays.asList(5L, "green", 0.5)),
          outputRows("id, colour, prob_1"));
    }
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
  void keptColumnsOfEachTypeKeepTheirValues() {
    new ArrowJava()
        .column("id", INT)
        .column("i8", new ArrowType.Int(8, true))
        .column("i16", new ArrowType.Int(16, true))
        .column("u8", new ArrowType.Int(8, false))
        .column("u16", new ArrowType.Int(16, false))
        .column("u32", new ArrowType.Int(32, false))
        .column("u64", new ArrowType.Int(64, false))
        .column("small", new ArrowType.Decimal(9, 2, 128))
        .column("large", new ArrowType.Decimal(38, 3, 128))
        .column("yes", new ArrowType.Bool())
        .column("bytes", new ArrowType.Binary())
        .column("long_text", new ArrowType.LargeUtf8())
        .column("day", new ArrowType.Date(DateUnit.DAY))
        .column("sec", new ArrowType.Timestamp(TimeUnit.SECOND, null))
        .column("ms", new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC"))
        .column("us", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null))
        .column("logit", DOUBLE)
        .batches(2)
        .file(
            in().resolve("a.arrow"),
            List.of(
                Arrays.asList(
                    1,
                    -8,
                    -16,
                    200,
                    60_000,
                    4_000_000_000L,
                    -1L,
                    new BigDecimal("-1234567.89"),
                    new BigDecimal("-12345678901234567890123456789012345.678"),
                    true,
                    new byte[] {1, 2},
                    "été",
                    20_000,
                    1_700_000_000L,
                    1_700_000_000_123L,
                    1_700_000_000_123_456L,
                    0.0),
                Arrays.asList(
                    2, null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null, 0.0),
                Arrays.asList(
                    3,
                    8,
                    16,
                    0,
                    0,
                    0L,
                    1L,
                    new BigDecimal("0.01"),
                    new BigDecimal("0.001"),
                    false,
                    new byte[0],
                    "",
                    -1,
                    -1L,
                    -1L,
                    -1L,
                    0.0)));
    assertPublished(score("binary", "--logits", "logit"));
    assertEngine("columnar");
    List<List<Object>> read =
        DuckDb.rows(
            "SELECT COLUMNS(* EXCLUDE (prob_0, prob_1, row_sum, row_issue, ms))::VARCHAR,"
                + " epoch_ms(ms) FROM "
                + output()
                + " ORDER BY id");
    assertEquals(
        List.of(
            "1",
            "-8",
            "-16",
            "200",
            "60000",
            "4000000000",
            "18446744073709551615",
            "-1234567.89",
            "-12345678901234567890123456789012345.678",
            "true",
            "\\x01\\x02",
            "été",
            "2024-10-04",
            "2023-11-14 22:13:20",
            "2023-11-14 22:13:20.123456",
            1_700_000_000_123L),
        read.get(0));
    assertTrue(read.get(1).subList(1, 16).stream().allMatch(v -> v == null), read.get(1)::toString);
    assertEquals(
        List.of(
            "3",
            "8",
            "16",
            "0",
            "0",
            "0",
            "1",
            "0.01",
            "0.001",
            "false",
            "",
            "",
            "1969-12-31",
            "1969-12-31 23:59:59",
            "1969-12-31 23:59:59.999999",
            -1L),
        read.get(2));
  }

  @Test
  void datesInMillisecondsAreDates() {
    new ArrowJava()
        .column("id", INT)
        .column("day", new ArrowType.Date(DateUnit.MILLISECOND))
        .column("logit", DOUBLE)
        .file(
            in().resolve("a.arrow"),
            List.of(
                List.of(1, 20_000 * 86_400_000L, 0.0),
                List.of(2, -86_400_000L, 0.0),
                Arrays.asList(3, null, 0.0)));
    assertPublished(score("binary", "--logits", "logit"));
    assertEngine("columnar");
    assertEquals(
        List.of(
            List.of(1, "DATE", "2024-10-04"),
            List.of(2, "DATE", "1969-12-31"),
            Arrays.asList(3, "DATE", null)),
        outputRows("id, typeof(day), day::VARCHAR"));
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
