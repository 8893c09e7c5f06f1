package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Copies of tasks that Spark no longer waits for. */
class LateTasksTest extends JobTest {
  /** The tasks have read, and commit what they wrote. */
  private static final int WHEN_ALL_IS_READ = 8;

  private Path late;

  /** As a task does that makes its file when the job is over. */
  private void writeLate() throws IOException {
    try (Stream<Path> places = Files.list(folder)) {
      Path staging =
          places
              .filter(place -> place.getFileName().toString().contains("sigmax-staging"))
              .findFirst()
              .orElseThrow();
      late = staging.resolve("_quarantine/_temporary/0/_temporary/attempt_0_0001_m_000000_1");
    }
    Files.createDirectories(late);
    Files.writeString(late.resolve("part-00000.parquet"), "half of a");
  }

  @Test
  void whatTheyLeaveIsNoPartOfTheOutput() throws IOException {
    input("a.parquet", THREE_ROWS);
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    FaultPlan.planMeanwhile(WHEN_ALL_IS_READ, this::writeLate);
    Program run;
    try {
      run = scoreToFaultyFiles();
    } finally {
      FaultPlan.heal();
    }
    assertEquals(0, run.code(), run.err());
    assertTrue(late != null, "no task was late");
    assertFalse(Files.exists(out().resolve("_quarantine/_temporary")));
  }
}
