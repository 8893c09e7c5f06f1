package dev.sigmax.bench;

import java.nio.file.Path;

/** {@code cp} of the input and of the output that Sigmax wrote: what moving the bytes costs. */
final class CopyFiles implements Engine {
  private final Path written;

  /** Copies {@code written} besides the input. */
  CopyFiles(Path written) {
    this.written = written;
  }

  @Override
  public String name() {
    return "cp";
  }

  @Override
  public void run(Shape shape, Path input, Path output) throws Exception {
    copy(input, Path.of(output + "-input"));
    copy(written, output);
    Tables.remove(Path.of(output + "-input"));
  }

  private static void copy(Path from, Path to) throws Exception {
    Process process = new ProcessBuilder("cp", "-r", from.toString(), to.toString()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("cp of " + from + " failed");
    }
  }
}
