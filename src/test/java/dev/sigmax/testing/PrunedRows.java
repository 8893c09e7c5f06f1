package dev.sigmax.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Rows whose statistics mislead who reads them carelessly, and queries that would pass over some of
 * them then.
 */
public final class PrunedRows {
  /** The setting of Hadoop for how many rows a row group takes; the rows are made for 2. */
  public static final String ROW_GROUP_ROWS = "parquet.block.row.count.limit";

  /** Of a table of them, scored. */
  public static final String COLUMNS =
      "id INT, x DOUBLE, y FLOAT, t STRING, n INT, prob_a FLOAT, prob_b FLOAT, row_sum DOUBLE,"
          + " row_issue STRING";

  /**
   * In each row group another kind of value is missing from the statistics, or is at a bound. Where
   * one zero is, the other is too: of a row group whose dictionary has only one of them, the
   * readers of Spark and Iceberg find no row by the other, whoever wrote the file.
   */
  public static final String SELECT =
      """
      SELECT id::INT AS id, x::DOUBLE AS x, y::FLOAT AS y, t::VARCHAR AS t, n::INT AS n,
        0.5::FLOAT AS logit_a, 0.25::FLOAT AS logit_b
      FROM (VALUES
        (1, '0.1', '0.0', 'aa', 1), (2, '0.5', '-0.0', 'ab', 2),
        (3, 'NaN', '-0.0', repeat('z', 5000), NULL), (4, '0.9', '0.0', 'b', NULL),
        (5, '0.2', 'NaN', NULL, 7), (6, NULL, '2', NULL, 8),
        (7, '-Infinity', NULL, 'm', 5), (8, 'Infinity', NULL, '', 5)) r(id, x, y, t, n)""";

  /** On their columns. */
  public static final List<String> CONDITIONS =
      List.of(
          "x > 0.8",
          "x >= 0.9 AND x < 1",
          "x = 0.9",
          "isnan(x)",
          "NOT isnan(x)",
          "x IS NULL",
          "x IS NOT NULL",
          "x < 0.05",
          "x <> 0.5",
          "x IN (0.9, 7)",
          "x NOT IN (0.1, 0.5)",
          "x = double('Infinity')",
          "x = double('NaN')",
          "x > 1000",
          "y = 0.0",
          "y = -0.0",
          "y < 0",
          "y >= 0.0",
          "y <= -0.0",
          "y > 1",
          "isnan(y)",
          "y IS NULL",
          "t > 'y'",
          "t LIKE 'zz%'",
          "t >= 'c'",
          "t = ''",
          "t IS NULL",
          "t < 'a'",
          "n IS NULL",
          "n = 8",
          "n > 7",
          "prob_a > 0.5",
          "prob_a < 0.5",
          "row_issue IS NULL",
          "row_issue IS NOT NULL");

  private PrunedRows() {}

  /** What each of the conditions picks, in one query. */
  public static List<String> picked(SparkSession session, String source) {
    String each =
        IntStream.range(0, CONDITIONS.size())
            .mapToObj(
                i -> "SELECT " + i + " AS c, id FROM " + source + " WHERE " + CONDITIONS.get(i))
            .collect(Collectors.joining(" UNION ALL "));
    return session.sql(each + " ORDER BY c, id").collectAsList().stream()
        .map(row -> CONDITIONS.get(row.getInt(0)) + ": " + row.get(1))
        .toList();
  }

  /** The ids of the rows that a condition picks, in their order. */
  public static List<String> ids(SparkSession session, String source, String condition) {
    return session
        .sql("SELECT id FROM " + source + " WHERE " + condition + " ORDER BY id")
        .collectAsList()
        .stream()
        .map(row -> row.get(0).toString())
        .toList();
  }
}
