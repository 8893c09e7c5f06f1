package dev.sigmax.job;

import dev.sigmax.input.InputFile;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitReader;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * The first rows of the first file that has any.
 *
 * @param rows the logits of each as doubles; null for a null array; NaN stands for a null logit
 */
record LogitSample(List<double[]> rows) {
  private static final int ROWS = 50;
  private static final double NEAR_ONE = 1e-3;

  static LogitSample take(SparkSession spark, InputTable table) {
    for (int i = 0; i < table.fileRows().size(); i++) {
      if (table.fileRows().get(i) > 0) {
        return take(spark, table, table.snapshot().files().get(i));
      }
    }
    return new LogitSample(List.of());
  }

  private static LogitSample take(SparkSession spark, InputTable table, InputFile file) {
    Dataset<Row> rows = LogitReader.read(spark, table, file);
    Column logits = ScoredRows.logits(table, rows, DataTypes.DoubleType);
    return new LogitSample(
        rows.select(logits).limit(ROWS).collectAsList().stream()
            .map(row -> row.isNullAt(0) ? null : doubles(row.getList(0)))
            .toList());
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(v -> v == null ? Double.NaN : v).toArray();
  }

  /**
   * The length of the first row that is an array with something in it, or 0 where there is none.
   */
  int length() {
    return rows.stream()
        .filter(Objects::nonNull)
        .mapToInt(row -> row.length)
        .filter(length -> length > 0)
        .findFirst()
        .orElse(0);
  }

  /**
   * Whether every row has two values or more, all in [0, 1], that sum to 1: no logits, most likely.
   */
  boolean looksLikeProbabilities() {
    return !rows.isEmpty() && rows.stream().allMatch(LogitSample::sumsToOne);
  }

  private static boolean sumsToOne(double[] row) {
    return row != null
        && row.length > 1
        && Arrays.stream(row).allMatch(v -> v >= 0 && v <= 1)
        && Math.abs(Arrays.stream(row).sum() - 1) < NEAR_ONE;
  }
}
