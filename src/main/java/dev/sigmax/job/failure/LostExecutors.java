package dev.sigmax.job.failure;

import dev.sigmax.error.Causes;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/**
 * Tells people that a job failed because executors went away, or what they held for others. Spark
 * has no type for that, but begins its messages so.
 */
final class LostExecutors {
  private static final String ABORTED = "^Job aborted due to stage failure: ";

  private static final List<Pattern> PATTERNS =
      List.of(
          Pattern.compile(ABORTED + ".*: ExecutorLostFailure \\(executor "),
          // What a task had computed went away with the executor that kept it.
          Pattern.compile(ABORTED + ".*: TaskResultLost \\(result lost from block manager\\)"),
          Pattern.compile(
              ABORTED
                  + "\\S+ .* has (?:failed the maximum allowable number of times|exceeded the maximum"
                  + " allowable total stage attempts): \\d+\\. Most recent failure reason:\\s+org\\.apache\\.spark\\.shuffle\\.\\w*FetchFailedException\\b"),
          Pattern.compile(
              ABORTED
                  + "\\S+ .* has been resubmitted for the maximum allowable number of times: \\d+,"),
          // Of an executor that was excluded for another task of the job, no reason is told.
          Pattern.compile(
              ABORTED
                  + "\\s*Aborting .*\\s+cannot run anywhere due to node and executor excludeOnFailure\\."
                  + "\\s+Most recent failure:\\s+(?:ExecutorLostFailure \\(executor |null\\s"
                  + "|ExcludeOnFailure behavior can be configured)"),
          // A standalone master's last word where executors end as soon as they start.
          Pattern.compile(ABORTED + "Master removed our application: FAILED$"));

  private LostExecutors() {}

  /** The exception for a failure that comes of lost executors. */
  static Optional<ExternalException> explain(Throwable failure) {
    return Causes.chain(failure).anyMatch(LostExecutors::isOne)
        ? Optional.of(
            new ExternalException(
                ErrorName.EXECUTORS_LOST,
                "executors were lost, more often than Spark puts up with. Why is in their logs; too"
                    + " little memory is the usual reason (--executor-memory). Run it again.",
                failure))
        : Optional.empty();
  }

  private static boolean isOne(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof SparkException
        && PATTERNS.stream().anyMatch(pattern -> pattern.matcher(message).find());
  }
}
