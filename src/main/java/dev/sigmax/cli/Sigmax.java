package dev.sigmax.cli;

import java.io.PrintStream;
import java.util.Optional;

/**
 * The program: {@code sigmax COMMAND [OPTIONS]}. Names nothing of Spark, so that it can say when
 * there is none.
 */
public final class Sigmax {
  private Sigmax() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Optional<String> obstacle = SparkOnClassPath.obstacle();
    if (obstacle.isPresent()) {
      System.err.println("sigmax: " + obstacle.get());
      System.exit(ExitCode.USAGE.code());
    }
    Commands.runAndExit(arguments);
  }

  /** Runs a command in this process and returns its exit code. */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    return new Commands(out, err).run(arguments);
  }
}
