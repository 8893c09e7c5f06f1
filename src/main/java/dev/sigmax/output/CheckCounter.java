package dev.sigmax.output;

import static dev.sigmax.kernel.rule.ScoreNames.ROW_ISSUE;
import static dev.sigmax.kernel.rule.ScoreNames.ROW_SUM;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.sigmax.parquet.footer.ColumnChunks;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.LiteralPaths;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts issues and row sums from what was written: from the footers where they say enough, else
 * from the two columns themselves. Never from accumulators, which count a repeated task twice.
 */
public final class CheckCounter {
  /** What is counted from. */
  static final Set<String> COLUMNS = Set.of(ROW_SUM, ROW_ISSUE);

  private final SparkSession spark;
  private final Map<String, Long> issues = new TreeMap<>();
  private long nanRows;
  private ColumnChunks.Range range;

  private CheckCounter(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The checks over an output and its quarantine.
   *
   * @param tolerance how far a sum may be from 1
   * @param judged whether it matters
   */
  public static Manifest.Checks of(
      SparkSession spark,
      WrittenFiles output,
      WrittenFiles quarantine,
      double tolerance,
      boolean judged) {
    CheckCounter counter = new CheckCounter(spark);
    if (!counter.countByFooters(output)) {
      counter.countByColumns(output);
    }
    counter.countIssues(quarantine);
    long bad = counter.issues.values().stream().mapToLong(Long::longValue).sum();
    return new Manifest.Checks(
        output.rows() + quarantine.rows(), bad, counter.issues, counter.rowSum(tolerance, judged));
  }

  private Manifest.RowSum rowSum(double tolerance, boolean judged) {
    if (range == null) {
      return new Manifest.RowSum(null, null, null, tolerance, judged, nanRows);
    }
    double min = range.min().doubleValue();
    double max = range.max().doubleValue();
    double deviation = Math.max(Math.abs(min - 1), Math.abs(max - 1));
    return new Manifest.RowSum(min, max, deviation, tolerance, judged, nanRows);
  }

  /** Footers say enough where no row has an issue and no sum is NaN, which is nearly always. */
  private boolean countByFooters(WrittenFiles output) {
    ColumnChunks.Range all = null;
    for (Footer footer : output.footers()) {
      if (footer.rows() == 0) {
        continue;
      }
      ColumnChunks issue = footer.columns().get(ROW_ISSUE);
      ColumnChunks sum = footer.columns().get(ROW_SUM);
      if (issue == null
          || sum == null
          || issue.nulls() != footer.rows()
          || sum.nulls() != 0
          || sum.range() == null) {
        return false;
      }
      all = all == null ? sum.range() : all.with(sum.range());
    }
    range = all;
    return true;
  }

  private void countByColumns(WrittenFiles output) {
    Column number = when(not(isnan(col(ROW_SUM))), col(ROW_SUM));
    Dataset<Row> counted =
        read(output, new StructType().add(ROW_SUM, DataTypes.DoubleType))
            .groupBy(col(ROW_ISSUE))
            .agg(count(lit(1)), count(when(isnan(col(ROW_SUM)), lit(1))), min(number), max(number));
    for (Row row : counted.collectAsList()) {
      if (!row.isNullAt(0)) {
        issues.merge(row.getString(0), row.getLong(1), Long::sum);
        continue;
      }
      nanRows = row.getLong(2);
      if (!row.isNullAt(3)) {
        range = new ColumnChunks.Range(row.getDouble(3), row.getDouble(4));
      }
    }
  }

  private void countIssues(WrittenFiles quarantine) {
    if (quarantine.rows() == 0) {
      return;
    }
    for (Row row :
        read(quarantine, new StructType())
            .groupBy(col(ROW_ISSUE))
            .agg(count(lit(1)))
            .collectAsList()) {
      issues.merge(row.getString(0), row.getLong(1), Long::sum);
    }
  }

  private Dataset<Row> read(WrittenFiles files, StructType columns) {
    return LiteralPaths.reader(spark)
        .schema(columns.add(ROW_ISSUE, DataTypes.StringType))
        .option("parquet.page.verify-checksum.enabled", "true")
        .parquet(files.paths().toArray(new String[0]));
  }
}
