package dev.sigmax.job.failure;

import dev.sigmax.error.Causes;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.Outage;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.ThreadLimit;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.files.LocalFiles;
import dev.sigmax.input.UnreadableInput;
import dev.sigmax.output.OutputFailures;
import dev.sigmax.output.publish.Attempts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;

/**
 * Tells what a failed Spark job means to a person: an input file that cannot be read, an output
 * that cannot be written, or a fault of ours.
 */
public final class FailureExplainer {
  private static final String UNREADABLE = "FAILED_READ_FILE";
  private static final String CANCELLED = "SPARK_JOB_CANCELLED";

  /** Spark has no type for these, but begins its messages so. */
  private static final Pattern STOPPED =
      Pattern.compile(
          "^(\\[SPARK_JOB_CANCELLED\\] )?Job \\d+ cancelled because SparkContext was shut down"
              + "|^SparkContext has been shut ?down"
              + "|^Cannot call methods on a stopped SparkContext"
              // Of a standalone cluster: somebody ended the application there.
              + "|^Job aborted due to stage failure: Master removed our application: KILLED$");

  /**
   * An error of a remote task comes as its text, which begins with its type. Of memory outside the
   * heap Arrow says that it ran out, and of its own share Spark.
   */
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "(^|: )(java\\.lang\\.OutOfMemoryError"
              + "|org\\.apache\\.spark\\.memory\\.SparkOutOfMemoryError"
              + "|org\\.apache\\.arrow\\.memory\\.OutOfMemoryException)(:|$)",
          Pattern.MULTILINE);

  private static final String FOOTER = UNREADABLE + ".CANNOT_READ_FILE_FOOTER";

  /** From an executor a failure may come as text alone. */
  private static final Pattern UNREADABLE_TEXT =
      Pattern.compile(
          "\\[FAILED_READ_FILE[^\\]]*\\][^\\n]*?(?:reading|read) (?:the )?file (\\S+?)\\.?(?:\\s|$)");

  private FailureExplainer() {}

  /** The exception that tells a failure to a person, or null where it is a fault of ours. */
  static SigmaxException explain(Throwable failure, Path output) {
    Optional<ExternalException> noThread = ThreadLimit.explain(failure);
    if (noThread.isPresent()) {
      return noThread.get();
    }
    if (isOutOfMemory(failure)) {
      return ExternalException.outOfMemory(failure);
    }
    if (isStopped(failure)) {
      return new ExternalException(
          ErrorName.SPARK_STOPPED,
          "Spark was stopped while the command was under way. Who stopped it is in the cluster's"
              + " log, or in that of who sent the signal. Run it again.",
          failure);
    }
    Optional<ExternalException> executors = LostExecutors.explain(failure);
    if (executors.isPresent()) {
      return executors.get();
    }
    Optional<ExternalException> driver = DriverFailures.explain(failure);
    if (driver.isPresent()) {
      return driver.get();
    }
    Optional<ExternalException> library = NativeLibraries.explain(failure);
    if (library.isPresent()) {
      return library.get();
    }
    Optional<ExternalException> outage = Outage.explain("the command cannot go on", failure);
    if (outage.isPresent()) {
      return outage.get();
    }
    SigmaxException unreadable = unreadable(failure, output);
    return unreadable != null ? unreadable : OutputFailures.explain(output, failure);
  }

  /** Work on Spark. */
  public interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Does the work. Where it fails for a reason outside of Sigmax, throws the exception that tells
   * it.
   */
  public static <T> T explained(Path output, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (SigmaxException explained) {
      throw explained;
    } catch (Exception | FSError e) {
      // Spark throws checked exceptions that its methods do not declare, and Hadoop's local file
      // system an error for a write that fails.
      SigmaxException explained = explain(e, output);
      if (explained != null) {
        throw explained;
      }
      throw e;
    }
  }

  /**
   * Whether tasks ended for a reason that lies in no file: Spark or an executor went away, a job
   * was cancelled, memory ran out, native code could not be loaded, or a store or network was out.
   */
  public static boolean isOfSparkAlone(Throwable failure) {
    return isStopped(failure)
        || LostExecutors.explain(failure).isPresent()
        || DriverFailures.explain(failure).isPresent()
        || isOutOfMemory(failure)
        || ThreadLimit.explain(failure).isPresent()
        || NativeLibraries.explain(failure).isPresent()
        || Causes.chain(failure)
            .anyMatch(
                cause ->
                    cause instanceof SparkThrowable spark && CANCELLED.equals(spark.getCondition()))
        || Outage.in(failure).isPresent();
  }

  private static boolean isStopped(Throwable failure) {
    return Causes.chain(failure)
        .anyMatch(
            cause ->
                (cause instanceof SparkException || cause instanceof IllegalStateException)
                    && STOPPED.matcher(String.valueOf(cause.getMessage())).find());
  }

  private static boolean isOutOfMemory(Throwable failure) {
    return Causes.chain(failure)
        .anyMatch(
            cause ->
                cause instanceof OutOfMemoryError
                    || cause instanceof OutOfMemoryException
                    || (cause instanceof SparkException
                        && OUT_OF_MEMORY.matcher(String.valueOf(cause.getMessage())).find()));
  }

  /**
   * The file that could not be read, where Spark says that this is the reason and which it is; else
   * empty. The path is as Spark gives it: an encoded URI, but for footers.
   */
  public static Optional<String> unreadableFile(Throwable failure) {
    return Causes.chain(failure)
        .flatMap(cause -> pathOfCondition(cause).or(() -> pathOfText(cause)).stream())
        .findFirst();
  }

  private static Optional<String> pathOfCondition(Throwable cause) {
    return cause instanceof SparkThrowable spark
            && spark.getCondition() != null
            && spark.getCondition().startsWith(UNREADABLE)
        ? Optional.ofNullable(spark.getMessageParameters().get("path"))
        : Optional.empty();
  }

  private static Optional<String> pathOfText(Throwable cause) {
    Matcher text = UNREADABLE_TEXT.matcher(String.valueOf(cause.getMessage()));
    return text.find() ? Optional.of(text.group(1)) : Optional.empty();
  }

  /** The exception for a file that could not be read, or null where that is not the reason. */
  public static SigmaxException unreadable(Throwable failure, Path output) {
    return unreadable(failure, output, FailureExplainer::pathOfCondition)
        .or(() -> unreadable(failure, output, FailureExplainer::pathOfText))
        .orElse(null);
  }

  private static Optional<SigmaxException> unreadable(
      Throwable failure, Path output, Function<Throwable, Optional<String>> path) {
    return Causes.chain(failure)
        .flatMap(
            cause ->
                path.apply(cause).map(file -> unreadable(file, output, cause, failure)).stream())
        .findFirst();
  }

  private static SigmaxException unreadable(
      String path, Path output, Throwable cause, Throwable failure) {
    Throwable root = Causes.root(cause);
    String why = root instanceof SparkThrowable ? "see the log" : String.valueOf(root.getMessage());
    why = why.lines().findFirst().orElse(why);
    Path file = decoded(path, cause);
    if (output != null && Attempts.isOf(file.getParent(), output)) {
      return new OutputException(
          ErrorName.OUTPUT_UNREADABLE,
          "cannot read back the file " + file + ": " + why + ".",
          failure);
    }
    Optional<String> host = RemoteTask.host(failure);
    return root instanceof FileNotFoundException && host.isPresent() && isOnThisDisk(file)
        ? UnreadableInput.elsewhere(file, host.get(), failure)
        : UnreadableInput.because(file, why, root, failure);
  }

  private static boolean isOnThisDisk(Path file) {
    return LocalDisk.has(file) && Files.exists(LocalFiles.path(file));
  }

  /** Spark gives an encoded URI, but for footers, where people know the file by its name. */
  private static Path decoded(String path, Throwable cause) {
    try {
      return String.valueOf(cause.getMessage()).contains(FOOTER)
          ? new Path(path)
          : new Path(URI.create(path));
    } catch (IllegalArgumentException notEncoded) {
      return new Path(path);
    }
  }
}
