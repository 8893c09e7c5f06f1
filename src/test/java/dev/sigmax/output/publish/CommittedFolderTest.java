package dev.sigmax.output.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Manifests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the files of a run whose commit fails, or behind which it is interrupted. */
class CommittedFolderTest {
  private static final int FAR_MORE_THAN_ITS_WRITES = 50;
  private static final long A_MOMENT_MILLIS = 700;
  private static final long AN_END_MILLIS = 10_000;

  @TempDir private Path data;

  @AfterEach
  void heal() {
    FaultPlan.heal();
  }

  private <T extends Throwable> T assertFails(Class<T> how, CommittedFolder.Commit commit)
      throws IOException {
    try (Staging staging =
        CommittedFolder.open(
            new org.apache.hadoop.fs.Path(data.toUri()), "sigmax-", new Configuration())) {
      return assertThrows(
          how,
          () ->
              CommittedFolder.publish(
                  staging, Manifests.ofNoRows("monday"), new Configuration(), commit));
    }
  }

  private long folders() throws IOException {
    try (var folders = Files.list(data)) {
      return folders.count();
    }
  }

  @Test
  void filesStayWhereMemoryRanOutInTheCommit() throws IOException {
    OutputException memory =
        assertFails(
            OutputException.class,
            () -> {
              throw new OutOfMemoryError("of the test");
            });
    assertEquals(ErrorName.PUBLICATION_UNKNOWN, memory.name());
    assertEquals(1, folders());
  }

  @Test
  void filesStayWhereTheCommitCannotTell() throws IOException {
    assertFails(OutputException.class, () -> fail(ErrorName.PUBLICATION_UNKNOWN));
    assertEquals(1, folders());
  }

  @Test
  void filesGoWhereTheCommitWasRefused() throws IOException {
    assertFails(OutputException.class, () -> fail(ErrorName.TABLE_ROWS_CHANGED));
    assertFails(
        IllegalStateException.class,
        () -> {
          throw new IllegalStateException("of the test");
        });
    assertFails(
        NoClassDefFoundError.class,
        () -> {
          throw new NoClassDefFoundError("of the test");
        });
    assertEquals(0, folders());
  }

  /** As of a folder that this user may not write: a local disk does not throw. */
  @Test
  void whatIsNotRemovedIsNotToldAsRemoved() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.keeping.impl", Keeping.class.getName());
    Path attempt = Files.createDirectory(data.resolve("sigmax-1"));
    OutputException kept =
        assertThrows(
            OutputException.class,
            () ->
                CommittedFolder.remove(
                    new Attempts.Attempt(
                        new org.apache.hadoop.fs.Path("keeping://" + attempt), Instant.now()),
                    configuration));
    assertEquals(ErrorName.ATTEMPT_NOT_REMOVED, kept.name());
    assertTrue(kept.getMessage().contains(attempt.toString()), kept.getMessage());
  }

  /** This machine's files, of which none can be removed. */
  public static final class Keeping extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("keeping:///");
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) {
      return false;
    }
  }

  @Test
  void anInterruptBehindTheCommitWaitsUntilTheManifestHasItsName() throws Exception {
    Configuration configuration = new Configuration();
    FaultyFiles.register(configuration);
    org.apache.hadoop.fs.Path parent = new org.apache.hadoop.fs.Path("faulty://" + data);
    int interrupted = 0;
    for (int operation = 1; operation < FAR_MORE_THAN_ITS_WRITES; operation++) {
      AtomicBoolean committed = new AtomicBoolean();
      try (Staging staging = CommittedFolder.open(parent, "sigmax-", configuration)) {
        Thread hook = new Thread(staging::endAtExit);
        FaultPlan.planMeanwhile(
            operation,
            () -> {
              if (committed.get()) {
                interrupt(hook);
              }
            });
        CommittedFolder.publish(
            staging, Manifests.ofNoRows("monday"), configuration, () -> committed.set(true));
        if (hook.getState() != Thread.State.NEW) {
          interrupted++;
          hook.join(AN_END_MILLIS);
          assertFalse(hook.isAlive(), "the process does not end");
        }
        String name = staging.folder().getName();
        assertTrue(Files.exists(data.resolve(name).resolve("_sigmax/manifest.json")), name);
      }
      if (!FaultPlan.fired()) {
        break;
      }
    }
    assertTrue(interrupted > 0, "no operation came behind the commit");
  }

  private static void interrupt(Thread hook) {
    hook.start();
    try {
      hook.join(A_MOMENT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertTrue(hook.isAlive(), "the process ended, and the manifest has not got its name");
  }

  private static void fail(ErrorName name) {
    throw new OutputException(name, "of the test", null);
  }
}
