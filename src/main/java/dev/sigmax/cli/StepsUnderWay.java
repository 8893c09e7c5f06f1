package dev.sigmax.cli;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * The steps that are under way, and what is said of each when the process is ended meanwhile. What
 * a step throws then comes of that, and says nothing.
 */
final class StepsUnderWay {
  /**
   * Behind that of a run's place (30), which settles what becomes of it; file systems close at 10.
   */
  private static final int HOOK_PRIORITY = 20;

  private final BiConsumer<Command.Step, String> tell;
  private final Set<Command.Step> steps = Collections.synchronizedSet(new LinkedHashSet<>());
  private final Runnable hook = this::tellAll;

  /** None; of each that is cut off {@code tell} hears what is to be said. */
  StepsUnderWay(BiConsumer<Command.Step, String> tell) {
    this.tell = tell;
  }

  /** Whether the process is being ended, by whomever. */
  static boolean isEnding() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  /** Does the work, in which steps run. */
  <T> T watch(Supplier<T> work) {
    try {
      ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
    } catch (IllegalStateException ending) {
      // None of them has begun, so there is nothing to say.
    }
    try {
      return work.get();
    } finally {
      try {
        ShutdownHookManager.get().removeShutdownHook(hook);
      } catch (IllegalStateException ending) {
        // The hook is at work, or comes to its turn: it has only steps to tell that were cut off.
      }
    }
  }

  /** Runs a step, and gives its exit code. One that failed as the process ended was cut off. */
  int run(Command.Step step, IntSupplier body) {
    steps.add(step);
    int code = body.getAsInt();
    if (code == ExitCode.PUBLISHED.code() || !isEnding()) {
      steps.remove(step);
    }
    return code;
  }

  private void tellAll() {
    for (Command.Step step : List.copyOf(steps)) {
      step.cutOff().ifPresent(text -> tell.accept(step, text));
    }
  }
}
