package dev.sigmax.spark;

import dev.sigmax.error.Causes;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.Optional;

/**
 * Tells people when code of ours met a library that is another than it was built with, or a driver
 * executors of another Spark.
 */
public final class SparkMisfit {
  /** What a task says, as text, that cannot read what the driver sent. */
  private static final String OTHER_SPARK = "java.io.InvalidClassException: org.apache.spark.";

  private SparkMisfit() {}

  /** The exception for a failure that comes of another Spark, or another library, than expected. */
  public static Optional<UsageException> explain(Throwable failure) {
    return ofExecutors(failure).or(() -> ofLibraries(failure));
  }

  private static Optional<UsageException> ofExecutors(Throwable failure) {
    return Causes.chain(failure)
        .filter(cause -> String.valueOf(cause.getMessage()).contains(OTHER_SPARK))
        .findFirst()
        .map(
            cause ->
                new UsageException(
                    ErrorName.SPARK_DOES_NOT_FIT,
                    "the cluster runs another Spark than this command, which runs "
                        + SparkFit.version()
                        + ". Set SPARK_HOME to the cluster's Spark, and run the command again: the"
                        + " same sigmax.jar serves Spark "
                        + TestedSparks.text()
                        + ".",
                    failure));
  }

  private static Optional<UsageException> ofLibraries(Throwable failure) {
    return Causes.chain(failure)
        .filter(SparkMisfit::isOfLinkage)
        .findFirst()
        .map(
            cause ->
                new UsageException(
                    ErrorName.SPARK_DOES_NOT_FIT,
                    "the libraries here do not fit Sigmax ("
                        + cause
                        + "). It was tested with Spark "
                        + TestedSparks.text()
                        + " (Scala 2.13), and this is Spark "
                        + SparkFit.version()
                        + ". Take one of those, or a newer sigmax.jar, and check that --jars and"
                        + " --packages bring no other version of what Spark has.",
                    failure));
  }

  /** A class that failed to start is there, and a native library is none of ours. */
  private static boolean isOfLinkage(Throwable cause) {
    return cause instanceof IncompatibleClassChangeError
        || (cause instanceof NoClassDefFoundError
            && !String.valueOf(cause.getMessage()).startsWith("Could not initialize"));
  }
}
