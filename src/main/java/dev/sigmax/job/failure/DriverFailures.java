package dev.sigmax.job.failure;

import dev.sigmax.error.Causes;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/**
 * Tells people that a job failed where its driver stands: it lost its master, or takes no more of
 * what tasks give it. Spark has no types for these, but begins its messages so.
 */
final class DriverFailures {
  private static final String ABORTED = "^Job aborted due to stage failure: ";

  private static final Pattern NO_MASTER =
      Pattern.compile(ABORTED + "(All masters are unresponsive)! Giving up\\.$");

  private static final Pattern LARGE_RESULTS =
      Pattern.compile(
          ABORTED
              + "(Total size of serialized results of \\d+ tasks .* is bigger than"
              + " spark\\.driver\\.maxResultSize .*)$");

  private DriverFailures() {}

  /** The exception for a failure of the driver. */
  static Optional<ExternalException> explain(Throwable failure) {
    return told(failure, NO_MASTER)
        .map(
            what ->
                new ExternalException(
                    ErrorName.MASTER_UNREACHABLE,
                    "Spark's master does not answer ("
                        + what
                        + "). Check --master, and that it runs; try again when it does.",
                    failure))
        .or(
            () ->
                told(failure, LARGE_RESULTS)
                    .map(
                        what ->
                            new ExternalException(
                                ErrorName.RESULTS_TOO_LARGE,
                                "tasks give the driver more than it takes ("
                                    + what
                                    + "). Allow more with --conf spark.driver.maxResultSize=SIZE,"
                                    + " and give the driver the memory for it (--driver-memory).",
                                failure)));
  }

  private static Optional<String> told(Throwable failure, Pattern pattern) {
    return Causes.chain(failure)
        .filter(SparkException.class::isInstance)
        .map(cause -> pattern.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }
}
