package dev.sigmax.output;

import dev.sigmax.spark.FieldIds;
import dev.sigmax.spark.NotedParquetFormat;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** Writes rows as plain Parquet, through Spark's commit protocol, into a folder of one's own. */
public final class ProbabilityWriter {
  private ProbabilityWriter() {}

  /**
   * Writes all rows below {@code folder}; what Spark commits there is whole. Footers hold what the
   * tasks counted, whichever path writes.
   */
  public static void write(Dataset<Row> rows, Path folder, String codec) {
    write(rows, folder, codec, FieldIds.NONE);
  }

  /** The same with the ids that a table knows its columns by. */
  public static void write(Dataset<Row> rows, Path folder, String codec, FieldIds fieldIds) {
    rows.write()
        .format(NotedParquetFormat.class.getName())
        .mode(SaveMode.Append)
        .option("compression", codec)
        .option(FieldIds.OPTION, fieldIds.text())
        // Algorithm 2 moves a task's files as it ends: two attempts of a task could both be seen.
        .option("mapreduce.fileoutputcommitter.algorithm.version", "1")
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "true")
        .option("mapreduce.fileoutputcommitter.cleanup.skipped", "false")
        .option("parquet.summary.metadata.level", "NONE")
        .option("parquet.page.write-checksum.enabled", "true")
        .option("maxRecordsPerFile", "0")
        .save(folder.toString());
  }
}
