package dev.sigmax.cli;

import dev.sigmax.cli.console.WatchedOutput;
import dev.sigmax.cli.session.SparkOnClassPath;
import dev.sigmax.error.ErrorName;
import dev.sigmax.report.ScoresText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The program: {@code sigmax COMMAND [OPTIONS]}. Names nothing of Spark, so that it can say when
 * there is none.
 */
public final class Sigmax {
  private Sigmax() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Spark and Hadoop name files and attempts by numbers in the digits of the locale.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    Optional<double[]> scores = typedScores(arguments);
    if (scores.isPresent()) {
      explain(scores.get());
      return;
    }
    Optional<String> obstacle = SparkOnClassPath.obstacle();
    if (obstacle.isPresent()) {
      System.err.println("sigmax: " + obstacle.get() + " [" + ErrorName.SPARK_NOT_SERVED + "]");
      System.exit(ExitCode.USAGE.code());
    }
    Commands.runAndExit(arguments);
  }

  /** The scores of {@code explain SCORE...}, which needs no Spark and no time. */
  private static Optional<double[]> typedScores(String[] arguments) {
    return arguments.length > 1 && arguments[0].equals("explain")
        ? TypedScores.of(List.of(arguments).subList(1, arguments.length))
        : Optional.empty();
  }

  private static void explain(double[] scores) {
    WatchedOutput out = WatchedOutput.standard();
    new PrintStream(out, false, StandardCharsets.UTF_8).print(ScoresText.of(scores));
    Optional<String> lost = out.failure();
    if (lost.isPresent()) {
      System.err.println("sigmax: " + lost.get() + " [" + ErrorName.STANDARD_OUTPUT + "]");
      System.exit(ExitCode.FAILED.code());
    }
  }

  /** Runs a command in this process and returns its exit code. */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    return new Commands(new WatchedOutput(out), err).run(arguments);
  }
}
