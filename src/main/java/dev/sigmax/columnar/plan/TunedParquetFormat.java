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

  @Override
  public SQLConf getSqlConf(SparkSession session) {
    SQLConf conf = super.getSqlConf(session).clone();
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
