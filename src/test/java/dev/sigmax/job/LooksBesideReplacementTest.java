package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.publish.RunsOfFolder;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands that only look find between the two renames of a replacement. */
class LooksBesideReplacementTest extends JobTest {
  private static final Executor A_MOMENT_LATER =
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

  @BeforeEach
  void publishARun() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--run-id", "monday"));
  }

  private Path aside() {
    return folder.resolve(".out.sigmax-replaced-0123456789ab");
  }

  private CompletableFuture<Void> goesForAMoment() throws IOException {
    Files.move(out(), aside());
    return CompletableFuture.runAsync(
        () -> {
          try {
            // Where something has come to be there meanwhile, this fails.
            Files.move(aside(), out());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        A_MOMENT_LATER);
  }

  @Test
  void theRunIsWaitedFor() throws Exception {
    CompletableFuture<Void> back = goesForAMoment();
    Program report = Program.run("report", out().toString());
    back.get();
    assertEquals(0, report.code(), report.err());
  }

  @Test
  void whetherItIsPublishedIsNotDeniedMeanwhile() throws Exception {
    CompletableFuture<Void> back = goesForAMoment();
    Program verified = Program.run("verify", out().toString(), "--run-id", "monday");
    back.get();
    assertEquals(0, verified.code(), verified.err());
    Files.move(out(), aside());
    verified = Program.run("verify", out().toString(), "--run-id", "monday");
    assertEquals(6, verified.code(), verified.err());
    assertTrue(verified.err().contains(aside().toString()), verified.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "faulty://"})
  void thePageMakesNoFolderInTheRunsPlace(String scheme)
      throws IOException, InterruptedException, ExecutionException {
    Configuration configuration = spark().sparkContext().hadoopConfiguration();
    FaultyFiles.register(configuration);
    AtomicInteger pages = new AtomicInteger();
    CompletableFuture<CompletableFuture<Void>> back = new CompletableFuture<>();
    new ReportJob(
            scheme + out(),
            configuration,
            (manifest, output) -> {
              if (pages.incrementAndGet() == 1) {
                try {
                  back.complete(goesForAMoment());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
              return "page " + pages.get() + " of " + manifest.runId();
            })
        .run();
    back.get().get();
    assertEquals("page 2 of monday", Files.readString(out().resolve("_sigmax/report.html")));
  }

  private List<Program> readers() {
    return List.of(
        Program.run("evaluate", out().toString(), "--label", "label"),
        Program.run("explain", out().toString(), "--where", "id = 1"),
        Program.run(
            "score",
            "--input",
            in().toString(),
            "--output",
            path("next"),
            "--task",
            "multiclass",
            "--compare-to",
            out().toString(),
            "--dry-run"));
  }

  /** Takes the output away and puts it back, until {@code ended}. */
  private CompletableFuture<Void> replacements(
      AtomicBoolean ended, long awayMillis, long thereMillis) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            while (!ended.get()) {
              Files.move(out(), aside());
              Thread.sleep(awayMillis);
              Files.move(aside(), out());
              Thread.sleep(thereMillis);
            }
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void whoReadsTheRunWaitsForItToo() throws Exception {
    input("a.parquet", THREE_ROWS.replace("SELECT", "SELECT 'a' AS label,"));
    assertPublished(score("multiclass", "--run-id", "tuesday", "--replace"));
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Void> replacements = replacements(ended, 200, 20);
    try {
      readers().forEach(read -> assertEquals(0, read.code(), read.err()));
    } finally {
      ended.set(true);
    }
    replacements.get();
  }

  @Test
  void whoReadsTheRunIsToldOfAReplacementThatWasCutOff() throws IOException {
    Files.move(out(), aside());
    for (Program read : readers()) {
      assertEquals(3, read.code(), read.err());
      assertTrue(read.err().contains("[RUN_NOT_PUBLISHED]"), read.err());
      assertTrue(read.err().contains(aside().toString()), read.err());
    }
  }

  @Test
  void aReplacementThatWasCutOffIsTold() throws IOException {
    Files.move(out(), aside());
    Program report = Program.run("report", out().toString());
    assertEquals(3, report.code(), report.err());
    assertTrue(report.err().contains("[RUN_NOT_PUBLISHED]"), report.err());
    assertTrue(report.err().contains(aside().toString()), report.err());
    assertTrue(report.err().contains("clean"), report.err());
    assertFalse(Files.exists(out()));
  }

  /** Whatever falls between the two renames: the first look, the list of folders, a manifest. */
  @Test
  void noRunIsMissedAmongThoseOfItsFolder() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Void> replacements = replacements(ended, 1, 150);
    try {
      for (int looks = 0; looks < 100; looks++) {
        PublishedRuns found =
            RunsOfFolder.in(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
        assertEquals(
            List.of("monday"),
            found.runs().stream().map(run -> run.manifest().runId()).toList(),
            "look " + looks);
      }
    } finally {
      ended.set(true);
    }
    replacements.get();
  }
}
