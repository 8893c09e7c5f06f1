package dev.sigmax.job.failure;

import dev.sigmax.error.Causes;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/**
 * Tells people why a library of native code, such as that of a codec, cannot be used: it is
 * unpacked from its jar into a file, and loaded from there.
 */
public final class NativeLibraries {
  private static final List<String> PACKAGES =
      List.of("org.xerial.snappy.", "com.github.luben.zstd.", "net.jpountz.");

  private static final String TEMPORARY = System.getProperty("java.io.tmpdir");
  private static final String DRIVERS_OPTION = "--driver-java-options ";
  private static final String EXECUTORS_OPTION = "--conf spark.executor.extraJavaOptions=";

  /** From an executor a failure may come as the text of its stack trace alone. */
  private static final Pattern TOLD =
      Pattern.compile(
          "(?m)(?:^|: )(java\\.lang\\.UnsatisfiedLinkError\\b.*|org\\.xerial\\.snappy\\.SnappyError\\b.*"
              + "|java\\.lang\\.NoClassDefFoundError: Could not initialize class "
              + "(?:org\\.xerial\\.snappy|com\\.github\\.luben\\.zstd|net\\.jpountz)\\..*)$");

  private NativeLibraries() {}

  /** The exception for a failure that comes of such a library. */
  public static Optional<ExternalException> explain(Throwable failure) {
    return Causes.chain(failure)
        .flatMap(cause -> told(cause).stream())
        .findFirst()
        .map(
            what ->
                new ExternalException(
                    ErrorName.NATIVE_LIBRARY,
                    "a library of native code cannot be used ("
                        + what
                        + "). It is unpacked into the folder for temporary files"
                        + RemoteTask.host(failure)
                            .map(host -> " of the executor on " + host + needs(EXECUTORS_OPTION))
                            .orElseGet(() -> ", " + TEMPORARY + needs(DRIVERS_OPTION)),
                    failure));
  }

  private static String needs(String option) {
    return ", which must have some MiB free, let this user write, and not be mounted noexec. Mend"
        + " that, or name another folder with "
        + option
        + "-Djava.io.tmpdir=FOLDER.";
  }

  private static Optional<String> told(Throwable cause) {
    String what = String.valueOf(cause).lines().findFirst().orElse("");
    if (isOfNativeCode(cause)) {
      return Optional.of(what);
    }
    Matcher text = TOLD.matcher(String.valueOf(cause.getMessage()));
    return cause instanceof SparkException && text.find()
        ? Optional.of(text.group(1))
        : Optional.empty();
  }

  /** A class that failed to start once is told by its name from then on. */
  private static boolean isOfNativeCode(Throwable cause) {
    return cause instanceof UnsatisfiedLinkError
        || (cause instanceof Error
            && PACKAGES.stream().anyMatch(name -> cause.toString().contains(name)));
  }
}
