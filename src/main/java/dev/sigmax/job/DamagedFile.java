package dev.sigmax.job;

import dev.sigmax.input.InputFile;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitReader;
import dev.sigmax.refusal.InputRefusal;
import dev.sigmax.refusal.Refusal;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the file to blame when a task failed and Spark does not say over which: a bad index into a
 * dictionary shows only when its value is looked at. Reads file by file, and writes nothing, until
 * one fails.
 */
final class DamagedFile {
  private DamagedFile() {}

  /** The refusal of the first file that cannot be read, or null where they all can. */
  static Refusal find(SparkSession spark, InputTable table, Path output, Exception failure) {
    if (!(failure instanceof SparkException) || SparkFailures.isOfSparkAlone(failure)) {
      return null;
    }
    for (InputFile file : table.snapshot().files()) {
      try {
        LogitReader.read(spark, table, file).write().format("noop").mode("overwrite").save();
      } catch (Exception e) {
        if (spark.sparkContext().isStopped() || SparkFailures.isOfSparkAlone(e)) {
          return null;
        }
        Refusal refusal = SparkFailures.unreadable(e, output);
        return refusal != null
            ? refusal
            : new InputRefusal(
                "cannot read the input file "
                    + file.path()
                    + ": a page in it cannot be decoded. It is damaged. Write it again.",
                failure);
      }
    }
    return null;
  }
}
