package dev.sigmax.job;

import dev.sigmax.output.OutputFailures;
import dev.sigmax.refusal.InputRefusal;
import dev.sigmax.refusal.MemoryRefusal;
import dev.sigmax.refusal.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;

/**
 * Tells what a failed Spark job means to a person: an input file that cannot be read, an output
 * that cannot be written, or a fault of ours.
 */
final class SparkFailures {
  private static final String UNREADABLE = "FAILED_READ_FILE";

  /** From an executor a failure may come as text alone. */
  private static final Pattern UNREADABLE_TEXT =
      Pattern.compile(
          "\\[FAILED_READ_FILE[^\\]]*\\][^\\n]*?(?:reading|read) (?:the )?file (\\S+?)\\.?(?:\\s|$)");

  private SparkFailures() {}

  /** The refusal that a failure amounts to, or null where it is ours. */
  static Refusal explain(Exception failure, Path output) {
    if (isOutOfMemory(failure)) {
      return new MemoryRefusal(
          "a task ran out of memory, and nothing was published. A task holds a row group of the"
              + " input, and a page of it twice. Give it more (--driver-memory for a local run,"
              + " --executor-memory on a cluster), or write the input in smaller row groups.",
          failure);
    }
    Refusal input = unreadableInput(failure);
    return input != null ? input : OutputFailures.explain(output, failure);
  }

  /** Spark's reader wraps the error, and from an executor it comes as text alone. */
  private static boolean isOutOfMemory(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause).contains(OutOfMemoryError.class.getName())) {
        return true;
      }
    }
    return false;
  }

  /** The refusal of an input file that could not be read, or null where that is not the reason. */
  static Refusal unreadableInput(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark
          && spark.getCondition() != null
          && spark.getCondition().startsWith(UNREADABLE)) {
        return unreadable(spark.getMessageParameters().get("path"), cause, failure);
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher text = UNREADABLE_TEXT.matcher(String.valueOf(cause.getMessage()));
      if (text.find()) {
        return unreadable(text.group(1), cause, failure);
      }
    }
    return null;
  }

  private static Refusal unreadable(String path, Throwable cause, Throwable failure) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = root == cause ? "see the log" : String.valueOf(root.getMessage());
    int end = why.indexOf('\n');
    return new InputRefusal(
        "cannot read the input file "
            + path
            + ": "
            + (end < 0 ? why : why.substring(0, end))
            + ". It is damaged, or no longer what it was. Write it again.",
        failure);
  }
}
