package dev.sigmax.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the steps of a command, some of them at once, and tells how each one with a name ended. What
 * steps that run at once have to say comes in one piece each, when they end.
 */
final class StepPool {
  /** Runs a step, whose text for people goes to a stream, and gives its exit code. */
  interface Runner {
    int run(Command.Step step, PrintStream text);
  }

  /** Of a step that the process does not begin any more, as it is being ended. */
  private static final int NOT_BEGUN = ExitCode.PLATFORM.code();

  private StepPool() {}

  /** The exit codes of all steps, in their order. */
  static List<Integer> run(List<Command.Step> steps, int atOnce, PrintStream out, Runner runner) {
    List<Integer> codes = new ArrayList<>();
    if (atOnce == 1) {
      for (Command.Step step : steps) {
        codes.add(runAndTell(step, out, runner));
      }
      return codes;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.min(atOnce, Math.max(1, steps.size())));
    try {
      List<Future<Integer>> ends = new ArrayList<>();
      steps.forEach(step -> ends.add(pool.submit(() -> runApart(step, out, runner))));
      for (Future<Integer> end : ends) {
        codes.add(end.get());
      }
      return codes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while steps were under way", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static int runAndTell(Command.Step step, PrintStream out, Runner runner) {
    if (StepsUnderWay.isEnding()) {
      return NOT_BEGUN;
    }
    int code = runner.run(step, out);
    tellEnd(step, code, out);
    return code;
  }

  private static int runApart(Command.Step step, PrintStream out, Runner runner) {
    if (StepsUnderWay.isEnding()) {
      return NOT_BEGUN;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int code = runner.run(step, new PrintStream(text, true, StandardCharsets.UTF_8));
    synchronized (out) {
      out.print(text.toString(StandardCharsets.UTF_8));
      tellEnd(step, code, out);
    }
    return code;
  }

  private static void tellEnd(Command.Step step, int code, PrintStream out) {
    if (!step.name().isEmpty()) {
      boolean cutOff = code != ExitCode.PUBLISHED.code() && StepsUnderWay.isEnding();
      out.println(cutOff ? step.endOfCutOff() : step.end(code));
    }
  }
}
