package dev.sigmax.output.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt that comes when the new output is in place and the old one is not removed yet. */
class InterruptedReplacementTest {
  private static final int FAR_MORE_THAN_ITS_WRITES = 50;
  private static final long A_MOMENT_MILLIS = 700;
  private static final long AN_END_MILLIS = 10_000;

  @TempDir private Path folder;

  @AfterEach
  void heal() {
    FaultPlan.heal();
  }

  @Test
  void theProcessEndsWhenTheOldOutputIsRemoved() throws Exception {
    Configuration configuration = new Configuration();
    FaultyFiles.register(configuration);
    org.apache.hadoop.fs.Path output =
        new org.apache.hadoop.fs.Path("faulty://" + folder.resolve("out"));
    FolderPublication publication = new FolderPublication(output, configuration);
    try (Staging staging = publication.prepare()) {
      publication.publish(staging, Manifests.ofNoRows("run-0"));
    }
    int interrupted = 0;
    for (int operation = 1; operation < FAR_MORE_THAN_ITS_WRITES; operation++) {
      String run = "run-" + operation;
      try (Staging staging = publication.prepare()) {
        Thread hook = new Thread(staging::endAtExit);
        FaultPlan.planMeanwhile(operation, () -> interruptIfThere(run, publication, hook));
        publication.replace(staging, Manifests.ofNoRows(run));
        if (hook.getState() != Thread.State.NEW) {
          interrupted++;
          hook.join(AN_END_MILLIS);
          assertFalse(hook.isAlive(), "the process does not end");
        }
      }
      assertEquals(List.of(folder.resolve("out")), left());
      if (!FaultPlan.fired()) {
        break;
      }
    }
    assertTrue(interrupted > 0, "no operation came behind the publication");
  }

  private static void interruptIfThere(String run, FolderPublication publication, Thread hook)
      throws IOException {
    if (publication.published().filter(there -> there.runId().equals(run)).isEmpty()) {
      return;
    }
    hook.start();
    try {
      hook.join(A_MOMENT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertTrue(hook.isAlive(), "the process ended, and the old output stays");
  }

  private List<Path> left() throws IOException {
    try (var left = Files.list(folder)) {
      return left.toList();
    }
  }
}
