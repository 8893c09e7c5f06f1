package dev.sigmax.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Polars' streaming engine in a node process that stays, one line a task. */
final class Polars implements Engine, AutoCloseable {
  private final Process process;
  private final BufferedWriter tasks;
  private final BufferedReader answers;
  private final String version;

  /** Starts node with {@code script}, which finds its modules in {@code modules}. */
  Polars(Path script, Path modules, int threads) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("node", script.toString());
    builder.environment().put("NODE_PATH", modules.toString());
    builder.environment().put("POLARS_MAX_THREADS", Integer.toString(threads));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    this.process = builder.start();
    this.tasks =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.version = answers.readLine();
    if (version == null) {
      throw new IOException("node did not start Polars");
    }
  }

  String version() {
    return version;
  }

  @Override
  public String name() {
    return "Polars";
  }

  @Override
  public void run(Shape shape, Path input, Path output) throws IOException {
    tasks.write(
        String.join(
            "\t",
            input.toString(),
            output.toString(),
            Integer.toString(shape.classes()),
            shape.array() ? "array" : "columns",
            shape.softmax() ? "softmax" : "sigmoid"));
    tasks.newLine();
    tasks.flush();
    String answer = answers.readLine();
    if (!"done".equals(answer)) {
      throw new IOException("Polars: " + answer);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
