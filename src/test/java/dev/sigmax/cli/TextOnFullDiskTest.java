package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.JobTest;
import dev.sigmax.testing.Mount;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages, job files and calibrations on a disk that is really full: a small one in memory. */
class TextOnFullDiskTest extends JobTest {
  private static final String OLD = "the old one\n";

  /** Writes until nothing more fits. */
  private static void fill(Path disk) {
    assertThrows(
        IOException.class,
        () -> {
          try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
              out.write(new byte[4096]);
            }
          }
        });
  }

  private static void assertFull(String... command) {
    Program run = Program.run(command);
    assertEquals(5, run.code(), run.err() + run.out());
    assertTrue(run.err().contains("No space left"), run.err());
    assertTrue(run.err().contains("[NO_SPACE_FOR_OUTPUT]"), run.err());
  }

  @Test
  void theOldTextStaysAndHalfOfANewOneIsNotLeft() throws IOException {
    input("a.parquet", THREE_ROWS);
    try (Mount memory = Mount.memory(folder.resolve("disk"), "1m")) {
      Path disk = memory.folder();
      Path run = disk.resolve("out");
      String[] job = {"score", "--input", in().toString(), "--task", "multiclass"};
      assertPublished(
          Program.run(
              Stream.concat(Stream.of(job), Stream.of("--output", run.toString()))
                  .toArray(String[]::new)));
      Path page = run.resolve("_sigmax/report.html");
      Path history = disk.resolve("history.html");
      for (Path old : List.of(page, history)) {
        Files.writeString(old, OLD);
      }
      fill(disk);
      assertFull("report", run.toString());
      assertFull("history", disk.toString(), "--html", history.toString(), "--replace");
      for (Path old : List.of(page, history)) {
        assertEquals(OLD, Files.readString(old));
      }
      assertFull("inspect", in().toString(), "--write-job", disk.resolve("job.yaml").toString());
      try (Stream<Path> left = Files.list(disk)) {
        assertEquals(
            List.of("filler", "history.html", "out"),
            left.map(file -> file.getFileName().toString()).sorted().toList());
      }
    }
  }

  @Test
  void anOldCalibrationStays() throws IOException {
    try (Mount memory = Mount.memory(folder.resolve("disk"), "64k")) {
      Path file = Files.writeString(memory.folder().resolve("c.json"), OLD);
      fill(memory.folder());
      assertFull(
          "calibrate",
          "jobs/data/digits.parquet",
          "--label",
          "digit",
          "--write",
          file.toString(),
          "--replace");
      assertEquals(OLD, Files.readString(file));
    }
  }
}
