package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replacement that is not published, where the run in the output's place has the same name. */
class FailedReplacementTest extends JobTest {
  /** From the page of the run to the removal of the old one. */
  private static final int LAST_OPERATIONS = 14;

  @AfterEach
  void heal() {
    FaultPlan.heal();
  }

  private Program replace() {
    return scoreToFaultyFiles("--replace");
  }

  private static List<Path> partsIn(Path output) throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).toList();
    }
  }

  private void damage() throws IOException {
    for (Path part : partsIn(out())) {
      Files.write(part, new byte[1]);
    }
  }

  /** As somebody does who cleans up too early. */
  private void takeParts() throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      for (Path attempt :
          children.filter(c -> c.getFileName().toString().startsWith(".out.sigmax-s")).toList()) {
        for (Path part : partsIn(attempt)) {
          Files.delete(part);
        }
      }
    }
  }

  @Test
  void aDamagedRunThatStaysIsNotToldAsAlreadyPublished() throws IOException {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    input("a.parquet", THREE_ROWS);
    assertPublished(replace());
    damage();
    FaultPlan.planMeanwhile(Integer.MAX_VALUE, () -> {});
    assertPublished(replace());
    int operations = FaultPlan.written();
    int refused = 0;
    for (int operation = operations - LAST_OPERATIONS; operation <= operations; operation++) {
      damage();
      FaultPlan.planMeanwhile(operation, this::takeParts);
      Program run = replace();
      String which = "operation " + operation + ": " + run.out() + run.err();
      assertFalse(run.out().startsWith("already published"), which);
      // Between the last look at the parts and the rename nobody sees that they go.
      assertTrue(run.code() != 0 || run.out().startsWith("published run"), which);
      refused += run.code() == 5 && run.err().contains("[ATTEMPT_TAKEN_AWAY]") ? 1 : 0;
    }
    assertTrue(refused > 0, "no replacement failed in its publication");
  }
}
