package dev.sigmax.output.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.UnconfirmedPublicationException;
import dev.sigmax.files.LocalFiles;
import dev.sigmax.testing.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replacement beside processes that take it for one that was cut off. */
class ReplacementRaceTest {
  private static final int ROUNDS = 50;

  @TempDir private Path folder;

  @Test
  void aReplacementThatIsUndoneHalfWayBeginsAgain() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(LocalFiles.SETTING, LocalFiles.class.getName());
    org.apache.hadoop.fs.Path output = new org.apache.hadoop.fs.Path(folder.resolve("out").toUri());
    FolderPublication publication = new FolderPublication(output, configuration);
    try (Staging staging = publication.prepare()) {
      publication.publish(staging, Manifests.ofNoRows("run-0"));
    }
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<?> other = pool.submit(() -> putBackUntil(done, output, configuration));
    try {
      for (int i = 1; i <= ROUNDS; i++) {
        String run = "run-" + i;
        try (Staging staging = publication.prepare()) {
          publication.replace(staging, Manifests.ofNoRows(run));
        }
        assertEquals(run, publication.published().orElseThrow().runId());
      }
    } finally {
      done.set(true);
      pool.shutdown();
      other.get();
    }
    try (var left = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("out")), left.toList());
    }
  }

  /** One that loses is refused as such; one that was in the place is told as published. */
  @Test
  void ofReplacementsAtOnceEachIsToldTheTruth() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(LocalFiles.SETTING, LocalFiles.class.getName());
    org.apache.hadoop.fs.Path output = new org.apache.hadoop.fs.Path(folder.resolve("out").toUri());
    FolderPublication first = new FolderPublication(output, configuration);
    try (Staging staging = first.prepare()) {
      first.publish(staging, Manifests.ofNoRows("run-0"));
    }
    ExecutorService pool = Executors.newFixedThreadPool(3);
    List<Future<Void>> all =
        IntStream.range(0, 3)
            .mapToObj(i -> pool.submit(() -> replaceOften(i, output, configuration)))
            .toList();
    try {
      for (Future<Void> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertTrue(first.published().isPresent());
  }

  private static Void replaceOften(
      int who, org.apache.hadoop.fs.Path output, Configuration configuration) throws IOException {
    FolderPublication publication = new FolderPublication(output, configuration);
    for (int i = 1; i <= ROUNDS; i++) {
      try (Staging staging = publication.prepare()) {
        publication.replace(staging, Manifests.ofNoRows("run-" + who + "-" + i));
      } catch (OutputException lost) {
        assertEquals(ErrorName.OUTPUT_EXISTS, lost.name(), lost.getMessage());
        // Whoever removed it would remove the run of another.
        assertFalse(lost.getMessage().contains("remove it yourself"), lost.getMessage());
      }
    }
    return null;
  }

  @Test
  void aRunThatTheDiskDoesNotConfirmIsNoSuccess() throws IOException {
    org.apache.hadoop.fs.Path output =
        new org.apache.hadoop.fs.Path(folder.resolve("gone/out").toUri());
    FolderPublication publication = new FolderPublication(output, new Configuration());
    UnconfirmedPublicationException unconfirmed =
        assertThrows(
            UnconfirmedPublicationException.class,
            () -> publication.confirm(Manifests.ofNoRows("nightly-7")));
    assertTrue(
        unconfirmed.getMessage().contains("run nightly-7 is in place at"),
        unconfirmed.getMessage());
  }

  /** As a run or a clean does beside a replacement, with no patience. */
  private static Void putBackUntil(
      AtomicBoolean done, org.apache.hadoop.fs.Path output, Configuration configuration)
      throws IOException {
    OldOutput impatient =
        new OldOutput(
            output, configuration, new AtomicRename(output, configuration), Duration.ZERO);
    while (!done.get()) {
      try {
        impatient.recover();
      } catch (IOException lost) {
        // The replacement was quicker.
      }
    }
    return null;
  }
}
