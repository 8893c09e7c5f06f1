package dev.sigmax.output;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** Tells a full disk and a closed door from other failures. */
public final class OutputFailures {
  /** What in Spark writes to its local folders: blocks, shuffles, and what spills. */
  private static final List<String> SPARKS_OWN =
      List.of(
          "org.apache.spark.storage.",
          "org.apache.spark.shuffle.",
          "org.apache.spark.util.collection.");

  private OutputFailures() {}

  /** The exception that tells a failure at {@code output} to a person, or null where it is none. */
  public static SigmaxException explain(Path output, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      String lower = message.toLowerCase(Locale.ROOT);
      if (lower.contains("no space left on device")
          || (lower.contains("quota") && lower.contains("exceeded"))) {
        if (isOfSparksLocalFolders(cause)) {
          return new ExternalException(
              ErrorName.NO_SPACE_FOR_SPARK,
              "no space in Spark's local folders, where it puts what does not fit in memory: "
                  + firstLine(message)
                  + ". Free some, or name others with SPARK_LOCAL_DIRS (spark.local.dir).",
              thrown);
        }
        return new OutputException(
            ErrorName.NO_SPACE_FOR_OUTPUT,
            "no space for the output " + output + ": " + firstLine(message) + ". Free some.",
            thrown);
      }
      if (Denial.is(cause)) {
        return new OutputException(
            ErrorName.OUTPUT_NO_PERMISSION,
            "no permission at the output "
                + output
                + ": "
                + Denial.firstLine(cause)
                + ". Let this user in, or run as one who may.",
            thrown);
      }
    }
    return null;
  }

  /** By who was writing: the message of a full disk does not say which. */
  private static boolean isOfSparksLocalFolders(Throwable full) {
    return Arrays.stream(full.getStackTrace())
        .anyMatch(frame -> SPARKS_OWN.stream().anyMatch(frame.getClassName()::startsWith));
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
