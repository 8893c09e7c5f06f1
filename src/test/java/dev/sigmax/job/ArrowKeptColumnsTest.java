package dev.sigmax.job;

import static dev.sigmax.testing.ArrowJava.DOUBLE;
import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.ArrowJava;
import dev.sigmax.testing.DuckDb;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;

/** Columns of Arrow files that are kept have the values that they had. */
class ArrowKeptColumnsTest extends JobTest {
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
}
