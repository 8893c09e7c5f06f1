package dev.sigmax.testing;

import dev.sigmax.cli.Sigmax;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a run of the program gave: its exit code and what it printed. */
public record Program(int code, String out, String err) {

  /** Runs the program in this process, on the shared session. */
  public static Program run(String... arguments) {
    SharedSpark.instance();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Sigmax.run(
            arguments,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Program(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
