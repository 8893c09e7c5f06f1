package dev.sigmax.spark;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells people when code of ours met a library that is another than it was built with. */
public final class SparkMisfit {
  private SparkMisfit() {}

  /** The exception for a failure that comes of a class or a member that is not there. */
  public static Optional<UsageException> explain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
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
