package dev.sigmax.bench;

import dev.sigmax.bench.Readings.Taken;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs whole processes, one after the other, and takes their times. */
final class Processes {
  private static final int MOST_SECONDS_FOR_ARCHIVE = 120;

  private final File said;
  private final String modules;

  /**
   * Processes of this machine.
   *
   * @param said what the last one wrote
   * @param modules where node finds its modules; empty where there is none
   */
  Processes(Path said, String modules) {
    this.said = said.toFile();
    this.modules = modules;
  }

  /**
   * Runs one to its end.
   *
   * @param lines for its standard input
   * @throws IOException if it fails, with what it wrote
   */
  Taken run(List<String> lines, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
    builder.environment().put("NODE_PATH", modules);
    long start = System.nanoTime();
    double cpu = ChildProcesses.cpuSeconds();
    Process process = builder.start();
    try (var input = process.getOutputStream()) {
      for (String line : lines) {
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + Files.readString(said.toPath()));
    }
    return new Taken((System.nanoTime() - start) / 1e9, ChildProcesses.cpuSeconds() - cpu);
  }

  /** Waits for the class-data archive of the jar, which its first run leaves behind. */
  static void awaitArchive() throws IOException, InterruptedException {
    for (int i = 0; i < MOST_SECONDS_FOR_ARCHIVE && !archiveServes(); i++) {
      Thread.sleep(1000);
    }
  }

  /** As {@code scripts/sigmax} finds out: one that is older than the jar is not taken. */
  private static boolean archiveServes() throws IOException {
    Path archive = Path.of("target/sigmax.jsa");
    return Files.exists(archive)
        && Files.getLastModifiedTime(archive)
                .compareTo(Files.getLastModifiedTime(Path.of("target/sigmax.jar")))
            > 0;
  }
}
