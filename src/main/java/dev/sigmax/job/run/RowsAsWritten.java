package dev.sigmax.job.run;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.output.WrittenFiles;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Holds how many rows were read against how many are in the files that were written. */
public final class RowsAsWritten {
  private RowsAsWritten() {}

  /**
   * Makes sure that there are as many.
   *
   * @throws OutputException if there are fewer, and executors may have written to disks of their
   *     own
   * @throws IllegalStateException if there are more, or a file system lost some
   */
  public static void requireAll(
      SparkSession spark, long read, WrittenFiles written, WrittenFiles quarantine) {
    requireAll(
        spark.sparkContext().isLocal(), read, written.rows() + quarantine.rows(), written.folder());
  }

  /** The same of {@code found} rows in {@code folder}; {@code local} is a run in one process. */
  static void requireAll(boolean local, long read, long found, Path folder) {
    if (found == read) {
      return;
    }
    String counted =
        Counted.of(read, "row was read and ", "rows were read and ")
            + found
            + " are in the files of "
            + folder;
    if (found > read) {
      throw new IllegalStateException(
          counted + ": some were written more than once; nothing is published");
    }
    if (!local && LocalDisk.has(folder)) {
      throw new OutputException(
          ErrorName.OUTPUT_UNREADABLE,
          counted
              + " as this process sees them: probably executors wrote to the disks of their own"
              + " machines. The output has to lie where the driver and every executor see it under"
              + " the same path: on HDFS, in a store or on a shared mount. If it does, that mount"
              + " lost some. Nothing was published.");
    }
    throw new IllegalStateException(counted + ": the file system lost some; nothing is published");
  }
}
