package dev.sigmax.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Standard error goes through a process of scripts/sigmax, which takes a warning of Java out. This
 * process ends after that one, so that whoever reads a file of it then finds all of it.
 */
public final class FilteredStandardError {
  private static final String FILTER = "SIGMAX_STDERR_FILTER";
  private static final long MOST_MILLIS = 2000;

  /** After every other hook: they have something to say. */
  private static final int HOOK_PRIORITY = 1;

  private FilteredStandardError() {}

  /** Waits for the filter when this process ends, where there is one. */
  public static void drainAtExit() {
    filter()
        .ifPresent(
            filter ->
                ShutdownHookManager.get().addShutdownHook(() -> drain(filter), HOOK_PRIORITY));
  }

  private static Optional<ProcessHandle> filter() {
    String id = System.getenv(FILTER);
    return id == null || !id.matches("\\d{1,18}")
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(id));
  }

  private static void drain(ProcessHandle filter) {
    System.err.flush();
    try {
      // For a standard descriptor that means to point it at /dev/null, which ends the pipe.
      new FileOutputStream(FileDescriptor.err).close();
      filter.onExit().get(MOST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | ExecutionException | TimeoutException e) {
      // What is left comes a moment later.
    }
  }
}
