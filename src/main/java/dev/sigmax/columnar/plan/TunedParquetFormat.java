package dev.sigmax.columnar.plan;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;

/** Spark's Parquet with batches of its own number of rows, whatever the session's setting. */
final class TunedParquetFormat extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;

  private final int batchRows;

  TunedParquetFormat(int batchRows) {
    this.batchRows = batchRows;
  }

  /**
   * Replaces a method that Spark has from 4.1 on. Spark 4.0 does not ask, and reads batches of the
   * session's size: the same values.
   */
  @SuppressWarnings("MissingOverride")
  public SQLConf getSqlConf(SparkSession session) {
    SQLConf conf =
        ((org.apache.spark.sql.classic.SparkSession) session).sessionState().conf().clone();
    conf.setConfString(BatchRows.SETTING, Integer.toString(batchRows));
    return conf;
  }

  // Spark compares plans by their formats; one fitted otherwise is another.
  @Override
  public boolean equals(Object other) {
    return other instanceof TunedParquetFormat fitted && fitted.batchRows == batchRows;
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(batchRows);
  }
}
