package dev.sigmax.job.run;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.output.WrittenFiles;
import org.apache.spark.sql.SparkSession;

/** Holds how many rows were read against how many are in the files that were written. */
public final class RowsAsWritten {
  private RowsAsWritten() {}

  /**
   * Makes sure that there are as many.
   *
   * @throws OutputException if executors wrote to disks of their own
   * @throws IllegalStateException if a file system lost some
   */
  public static void requireAll(
      SparkSession spark, long read, WrittenFiles written, WrittenFiles quarantine) {
    long found = written.rows() + quarantine.rows();
    if (found == read) {
      return;
    }
    String lost =
        Counted.of(read, "row was read and ", "rows were read and ")
            + found
            + " are in the files of "
            + written.folder();
    if (!spark.sparkContext().isLocal() && LocalDisk.has(written.folder())) {
      throw new OutputException(
          ErrorName.OUTPUT_UNREADABLE,
          lost
              + " as this process sees them: executors wrote to the disks of their own machines."
              + " The output has to lie where the driver and every executor see it under the same"
              + " path: on HDFS, in a store or on a shared mount. Nothing was published.");
    }
    throw new IllegalStateException(lost + ": the file system lost some; nothing is published");
  }
}
