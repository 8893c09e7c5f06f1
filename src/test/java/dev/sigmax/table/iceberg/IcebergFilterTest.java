package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.UsageException;
import dev.sigmax.spark.RowFilter;
import dev.sigmax.spark.RowFilterReader;
import dev.sigmax.testing.SparkTest;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.SparkStructLike;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition picks the same rows by Iceberg's evaluator as by Spark's SQL. */
class IcebergFilterTest extends SparkTest {
  private static Dataset<Row> rows() {
    return spark()
        .sql(
            "SELECT * FROM VALUES (1, 10L, DATE'2026-11-21', 'ab', true, 1.50BD,"
                + " TIMESTAMP'2026-11-21 06:00:00', 0.5F), (2, -5L, DATE'2026-11-22', 'abc', false,"
                + " -2.25BD, TIMESTAMP'2026-11-22 00:00:00', 1.5F), (3, 5000000000L,"
                + " DATE'1969-12-31', 'a_c', null, 0.00BD, TIMESTAMP'1969-12-31 23:59:59', null),"
                + " (4, null, null, '', true, null, null, 2.5F), (null, 0L, DATE'2026-11-21', null,"
                + " false, 1.51BD, TIMESTAMP'2026-11-21 06:00:00.000001', 0F) t(i, l, dt, s, b, d,"
                + " ts, f)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "false",
        "1 = 1",
        "i = 2",
        "2 = i",
        "2 < i",
        "2 >= i",
        "i <> 2",
        "i != 2",
        "i = 2L",
        "i > -1 AND i <= 3",
        "i BETWEEN 2 AND 3",
        "i NOT BETWEEN 2 AND 3",
        "i IN (1, 3)",
        "i NOT IN (1, 3)",
        "i IN (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13)",
        "i NOT IN (1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)",
        "i IS NULL",
        "i IS NOT NULL",
        "NOT i IS NULL",
        "NOT (i = 1 OR s = 'abc')",
        "NOT (i = 1 AND s = 'ab')",
        "NOT (i < 3 OR dt IS NULL)",
        "l = 10",
        "l > 4999999999",
        "l <= 0",
        "dt = '2026-11-21'",
        "dt = DATE'2026-11-21'",
        "dt <> '2026-11-21'",
        "dt < '1970-01-01'",
        "dt = DATE'2026-11-22' - INTERVAL 1 DAY",
        "dt IN ('2026-11-21', '1969-12-31')",
        "s = 'ab'",
        "s > 'ab'",
        "s = ''",
        "s LIKE 'ab%'",
        "s NOT LIKE 'ab%'",
        "s LIKE 'ab'",
        "b",
        "NOT b",
        "b = false",
        "b IS NULL OR b",
        "d = 1.5",
        "d >= 1.51",
        "d < 0",
        "ts = '2026-11-21 06:00:00'",
        "ts > '2026-11-21 06:00:00'",
        "ts < TIMESTAMP'1970-01-01 00:00:00'",
        "f IS NULL",
        "f IS NOT NULL AND i = 1",
        "`i` = 1 AND ((s = 'ab'))"
      })
  void aConditionPicksTheRowsThatSparkPicks(String where) {
    Dataset<Row> rows = rows();
    StructType columns = rows.schema();
    Schema schema = SparkSchemaUtil.convert(columns);
    RowFilter filter = RowFilterReader.read(spark(), columns, where);
    Evaluator evaluator = new Evaluator(schema.asStruct(), IcebergFilter.of(filter));
    List<Row> picked =
        rows.collectAsList().stream()
            .filter(row -> evaluator.eval(new SparkStructLike(schema.asStruct()).wrap(row)))
            .toList();
    assertEquals(rows.where(where).collectAsList(), picked, filter.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "dt = current_date()|it calls current_date",
        "dt = current_date|current_date is none of the table's columns",
        "ts < now()|it calls now",
        "upper(s) = 'AB'|it calls upper",
        "nothing = 1|none of the table's columns: i, l, dt",
        "f > 0.5F|it compares f, which is FLOAT",
        "i = l|it has",
        "i + 1 = 2|it has",
        "s LIKE '%b'|it has",
        "i <=> 1|it has",
        "i IN (1, NULL)|it has CAST(NULL AS INT)",
        "s LIKE 'a\\\\_%'|it has",
        "i = 'x'|CAST_INVALID_INPUT",
        "i =|PARSE_SYNTAX_ERROR",
        "i|DATATYPE_MISMATCH",
        "i IN (SELECT 1)|it has",
        "CASE WHEN i = 1 THEN true ELSE false END|it has"
      })
  void whatIsMoreThanComparisonsWithValuesIsRefusedByName(String where, String why) {
    UsageException refused =
        assertThrows(
            UsageException.class, () -> RowFilterReader.read(spark(), rows().schema(), where));
    assertTrue(refused.getMessage().contains("--where " + where), refused.getMessage());
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  @Test
  void aNullIsNotPickedByTheOppositeOfAComparison() {
    RowFilter equal = new RowFilter.Compared("i", RowFilter.Comparison.EQUAL, 1);
    assertEquals(
        "(not_null(ref(name=\"i\")) and ref(name=\"i\") != 1)",
        IcebergFilter.of(equal.opposite()).toString());
  }
}
