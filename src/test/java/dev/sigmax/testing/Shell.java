package dev.sigmax.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command in a process of its own, from the project's folder. */
public final class Shell {
  private static final long MINUTES = 4;

  /** What a command gave. */
  public record Result(int code, String out, String err) {}

  private final Process process;
  private final Path out;
  private final Path err;

  private Shell(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a command. */
  public static Shell start(String... command) {
    return start("off", command);
  }

  private static Shell start(String classArchive, String... command) {
    try {
      Path out = Files.createTempFile("sigmax", ".out");
      Path err = Files.createTempFile("sigmax", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().remove("SPARK_HOME");
      builder.environment().put("SIGMAX_CLASS_ARCHIVE", classArchive);
      return new Shell(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  public static Result run(String... command) {
    return start(command).await();
  }

  /** Runs a command to its end, with a class-data archive if there is one. */
  public static Result runWithClassArchive(String... command) {
    return start("on", command).await();
  }

  /**
   * Runs a command to its end, to which closed files and folders are closed: to root they are not,
   * as long as it keeps its capabilities. Where they cannot be taken from it, tests skip.
   */
  public static Result runUnprivileged(String... command) {
    if (!"0".equals(run("id", "-u").out().strip())) {
      return run(command);
    }
    String[] without = {
      "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"
    };
    Result able = run(joined(without, "true"));
    assumeTrue(able.code() == 0, "capabilities cannot be taken away here: " + able.err());
    return run(joined(without, command));
  }

  private static String[] joined(String[] before, String... command) {
    return Stream.concat(Stream.of(before), Stream.of(command)).toArray(String[]::new);
  }

  /** Sends a signal, by name. */
  public void signal(String name) {
    run("kill", "-" + name, Long.toString(process.pid()));
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end. */
  public Result await() {
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end after " + MINUTES + " minutes: " + read(err));
      }
      return new Result(process.exitValue(), read(out), read(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
