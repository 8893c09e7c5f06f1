package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Mount;
import dev.sigmax.testing.Shell;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small one in memory. */
class FullDiskIT {
  @TempDir private Path folder;

  @Test
  void aFullDiskIsToldAndNothingIsLeftOnIt() throws IOException {
    Path input = folder.resolve("in.parquet");
    DuckDb.write(
        "SELECT i AS id, random()::FLOAT * 9 AS logit_a, random()::FLOAT AS logit_b"
            + " FROM range(1000000) t(i)",
        input);
    try (Mount memory = Mount.memory(folder.resolve("disk"), "4m")) {
      fill(input, memory.folder());
    }
  }

  /** Codecs unpack their native code there. */
  @Test
  void aFullFolderForTemporaryFilesIsTold() throws IOException {
    Path input = folder.resolve("in.parquet");
    DuckDb.write("SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM range(99)", input);
    try (Mount memory = Mount.memory(folder.resolve("disk"), "64k")) {
      Files.write(memory.folder().resolve("others"), new byte[60_000]);
      Shell.Result run =
          Shell.run(
              "scripts/sigmax",
              "inspect",
              input.toString(),
              "--driver-java-options",
              "-Djava.io.tmpdir=" + memory.folder());
      assertEquals(7, run.code(), run.err());
      assertTrue(run.err().contains(memory.folder() + ", which must have some MiB"), run.err());
      assertTrue(run.err().contains("[NATIVE_LIBRARY]"), run.err());
    }
  }

  private static void fill(Path input, Path disk) throws IOException {
    List<String> engines = Tally.everyFault() ? List.of("columnar", "row") : List.of("columnar");
    for (String engine : engines) {
      Shell.Result run =
          Shell.run(
              "scripts/sigmax",
              "score",
              "--input",
              input.toString(),
              "--output",
              disk.resolve("out").toString(),
              "--task",
              "multiclass",
              "--engine",
              engine);
      assertEquals(5, run.code(), run.err());
      assertTrue(run.err().contains(disk.toString()), run.err());
      assertTrue(run.err().contains("No space left"), run.err());
      try (Stream<Path> left = Files.list(disk)) {
        assertEquals(0, left.count(), "litter was left");
      }
    }
  }
}
