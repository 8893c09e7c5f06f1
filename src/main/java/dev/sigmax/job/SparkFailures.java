package dev.sigmax.job;

import dev.sigmax.output.Attempts;
import dev.sigmax.output.OutputFailures;
import dev.sigmax.refusal.InputRefusal;
import dev.sigmax.refusal.OutputRefusal;
import dev.sigmax.refusal.PlatformRefusal;
import dev.sigmax.refusal.Refusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
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
  private static final String STOPPED = "SparkContext was shut down";

  /** From an executor a failure may come as text alone. */
  private static final Pattern UNREADABLE_TEXT =
      Pattern.compile(
          "\\[FAILED_READ_FILE[^\\]]*\\][^\\n]*?(?:reading|read) (?:the )?file (\\S+?)\\.?(?:\\s|$)");

  private SparkFailures() {}

  /** The refusal that a failure amounts to, or null where it is ours. */
  static Refusal explain(Exception failure, Path output) {
    if (isOutOfMemory(failure)) {
      return new PlatformRefusal(
          "a task ran out of memory, and nothing was published. A task holds a row group of the"
              + " input, and a page of it twice. Give it more (--driver-memory for a local run,"
              + " --executor-memory on a cluster), or write the input in smaller row groups.",
          failure);
    }
    if (says(failure, STOPPED)) {
      return new PlatformRefusal(
          "Spark was stopped while the run was under way, and nothing was published. Who stopped it"
              + " is in the cluster's log, or in that of who sent the signal. Run it again.",
          failure);
    }
    Refusal unreadable = unreadable(failure, output);
    return unreadable != null ? unreadable : OutputFailures.explain(output, failure);
  }

  /** Work on Spark. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does the work; where it fails and that is not ours, throws the refusal that it amounts to. */
  static <T> T explained(Path output, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (Refusal refusal) {
      throw refusal;
    } catch (Exception e) {
      // Spark throws checked exceptions that its methods do not declare.
      Refusal refusal = explain(e, output);
      if (refusal != null) {
        throw refusal;
      }
      throw e;
    }
  }

  /** Whether tasks ended for a reason that lies in no file: Spark or an executor went away. */
  static boolean isOfSparkAlone(Throwable failure) {
    return says(failure, STOPPED)
        || says(failure, "ExecutorLostFailure")
        || says(failure, "cancelled")
        || isOutOfMemory(failure);
  }

  /** Whether the failure or what led to it has a text in its type or message. */
  private static boolean says(Throwable failure, String text) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause).contains(text)) {
        return true;
      }
    }
    return false;
  }

  /** Spark's reader wraps the error, and from an executor it comes as text alone. */
  private static boolean isOutOfMemory(Throwable failure) {
    return says(failure, OutOfMemoryError.class.getName());
  }

  /** The same where nothing is written. */
  static Refusal unreadableInput(Throwable failure) {
    return unreadable(failure, null);
  }

  /** The file that could not be read, where Spark says that this is the reason and which it is. */
  static Optional<String> unreadableFile(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark
          && spark.getCondition() != null
          && spark.getCondition().startsWith(UNREADABLE)) {
        return Optional.of(spark.getMessageParameters().get("path"));
      }
      Matcher text = UNREADABLE_TEXT.matcher(String.valueOf(cause.getMessage()));
      if (text.find()) {
        return Optional.of(text.group(1));
      }
    }
    return Optional.empty();
  }

  /** The refusal of a file that could not be read, or null where that is not the reason. */
  static Refusal unreadable(Throwable failure, Path output) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark
          && spark.getCondition() != null
          && spark.getCondition().startsWith(UNREADABLE)) {
        return unreadable(spark.getMessageParameters().get("path"), output, cause, failure);
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher text = UNREADABLE_TEXT.matcher(String.valueOf(cause.getMessage()));
      if (text.find()) {
        return unreadable(text.group(1), output, cause, failure);
      }
    }
    return null;
  }

  private static Refusal unreadable(String path, Path output, Throwable cause, Throwable failure) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = root == cause ? "see the log" : String.valueOf(root.getMessage());
    why = why.lines().findFirst().orElse(why);
    Path folder = new Path(path).getParent();
    if (output != null && Attempts.isOf(folder, output)) {
      return new OutputRefusal("cannot read back the file " + path + ": " + why + ".", failure);
    }
    return new InputRefusal(
        "cannot read the input file "
            + path
            + ": "
            + why
            + (root instanceof FileNotFoundException
                ? ". It went while it was read. Run again when nobody writes to the input."
                : ". It is damaged, or no longer what it was. Write it again."),
        failure);
  }
}
