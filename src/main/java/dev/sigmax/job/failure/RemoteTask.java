package dev.sigmax.job.failure;

import dev.sigmax.error.Causes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** Tells a task of an executor from one of this process. */
final class RemoteTask {
  /** How Spark names the executor of a task, which in local mode is the driver. */
  private static final Pattern EXECUTOR =
      Pattern.compile("\\(TID \\d+\\) \\((\\S+) executor (?!driver\\))[^)]*\\)");

  private RemoteTask() {}

  /** The machine of the executor whose task failed; empty where it was a task of this process. */
  static Optional<String> host(Throwable failure) {
    return Causes.chain(failure)
        .filter(SparkException.class::isInstance)
        .map(cause -> EXECUTOR.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }
}
