package dev.sigmax.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.job.JobTest;
import dev.sigmax.output.publish.Attempts.Attempt;
import dev.sigmax.output.publish.Publication;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.testing.Manifests;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The command clean on S3 beside runs that it takes for dead and that are not: a run is published
 * and stays, or is told as not published and nothing of it stays.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class S3CleaningIT extends JobTest {
  private static final String OUTPUT = "/runs/a";
  private static final String CLAIM = OUTPUT + "/_sigmax/claim.txt";
  private static final String MARK = OUTPUT + "/_sigmax/removal.txt";
  private static final String MANIFEST = OUTPUT + "/_sigmax/manifest.json";
  private static final String REMOVAL_OF_FILES = "?delete";
  private static final long A_MOMENT_MILLIS = 500;

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private LocalS3 server;
  private ConditionalFront front;
  private FileSystem s3;

  @BeforeEach
  void startS3() throws Exception {
    server = new LocalS3(spark().sparkContext().hadoopConfiguration());
    front = server.front();
    s3 = server.fileSystem();
    input("a.parquet", THREE_ROWS);
  }

  @AfterEach
  void stopS3() throws Exception {
    pool.shutdownNow();
    server.close();
  }

  private Program run() {
    return Program.run(
        "score",
        "--input",
        in().toString(),
        "--output",
        "s3a://bucket" + OUTPUT,
        "--task",
        "multiclass");
  }

  private static Program clean(String... options) {
    return Program.run(
        Stream.concat(Stream.of("clean", "s3a://bucket" + OUTPUT), Arrays.stream(options))
            .toArray(String[]::new));
  }

  private static Program cleanAtOnce() {
    return clean("--older-than", "0");
  }

  private void put(String path) throws IOException {
    try (OutputStream out = s3.create(new Path(path), false)) {
      out.write((path + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private boolean isThere(String path) throws IOException {
    return s3.exists(new Path(path));
  }

  private void requireTakenAway(Program run) throws IOException {
    assertEquals(5, run.code(), run.err() + run.out());
    assertTrue(run.err().contains("[ATTEMPT_TAKEN_AWAY]"), run.err());
    assertFalse(isThere(OUTPUT), "something of it is left");
    Program next = run();
    assertTrue(next.out().startsWith("published run "), next.err());
    assertEquals(0, Program.run("verify", "s3a://bucket" + OUTPUT).code());
  }

  @Test
  void aRunThatPublishesInTheMomentOfItsCleaningStays() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    CompletableFuture<Program> running = new CompletableFuture<>();
    CompletableFuture<Program> cleaning = new CompletableFuture<>();
    front.before(
        "PUT",
        MANIFEST,
        () -> {
          cleaning.completeAsync(S3CleaningIT::cleanAtOnce, pool);
          return looked.await(1, TimeUnit.MINUTES);
        });
    front.before(
        "PUT",
        MARK,
        () -> {
          looked.countDown();
          return running.get(1, TimeUnit.MINUTES);
        });
    Program run = running.completeAsync(this::run, pool).get();
    assertTrue(run.out().startsWith("published run "), run.err());
    Program cleaned = cleaning.get();
    front.requireDone();
    assertEquals(5, cleaned.code(), cleaned.err());
    assertTrue(cleaned.err().contains("has published by now; it stays"), cleaned.err());
    Program verified = Program.run("verify", "s3a://bucket" + OUTPUT);
    assertEquals(0, verified.code(), verified.err());
    assertTrue(isThere(CLAIM) && !isThere(MARK));
  }

  @Test
  void aRunThatIsCleanedAwayRightBeforeItsManifestTakesThatBack() throws Exception {
    front.before(
        "PUT",
        MANIFEST,
        () -> {
          Program cleaned = cleanAtOnce();
          assertTrue(cleaned.out().startsWith("removed "), cleaned.err());
          return null;
        });
    Program run = run();
    front.requireDone();
    requireTakenAway(run);
  }

  @Test
  void aRunThatPublishesWhileItIsCleanedAwayWaitsAndIsNotTold() throws Exception {
    CountDownLatch removing = new CountDownLatch(1);
    CompletableFuture<Program> running = new CompletableFuture<>();
    CompletableFuture<Program> cleaning = new CompletableFuture<>();
    front.before(
        "PUT",
        MANIFEST,
        () -> {
          // The run itself has removed files in the same way before.
          front.before(
              "POST",
              REMOVAL_OF_FILES,
              () -> {
                removing.countDown();
                while (!isThere(MANIFEST)) {
                  Thread.sleep(10);
                }
                Thread.sleep(A_MOMENT_MILLIS);
                assertFalse(running.isDone(), "the run did not wait");
                return null;
              });
          cleaning.completeAsync(S3CleaningIT::cleanAtOnce, pool);
          return removing.await(1, TimeUnit.MINUTES);
        });
    Program run = running.completeAsync(this::run, pool).get();
    Program cleaned = cleaning.get();
    front.requireDone();
    assertTrue(cleaned.out().startsWith("removed "), cleaned.err());
    requireTakenAway(run);
  }

  @Test
  void aCleaningThatWasCutOffIsNamedAndDoneAgain() throws IOException {
    put(CLAIM);
    put(MARK);
    put(OUTPUT + "/part-0.parquet");
    assertTrue(clean().out().startsWith("left "), "a removal may be under way");
    Program cleaned = cleanAtOnce();
    assertTrue(cleaned.out().startsWith("removed "), cleaned.err());
    assertFalse(isThere(OUTPUT));

    put(MARK);
    Program run = run();
    assertEquals(5, run.code(), run.err());
    assertTrue(run.err().contains(MARK) && run.err().contains("clean"), run.err());
    assertTrue(cleanAtOnce().out().startsWith("removed "));
    assertFalse(isThere(OUTPUT));
    assertTrue(run().out().startsWith("published run "));
  }

  @Test
  void aRunOrACleaningThatBeganAfterTheLookIsLeftAlone() throws IOException {
    Configuration configuration = spark().sparkContext().hadoopConfiguration();
    Path output = new Path("s3a://bucket" + OUTPUT);
    Publication publication = Publication.at(output, configuration);
    Attempt earlier = new Attempt(output, Instant.now().minusSeconds(60));
    put(CLAIM);
    OutputException refusal =
        assertThrows(OutputException.class, () -> publication.remove(earlier));
    assertEquals(ErrorName.ATTEMPT_NOT_REMOVED, refusal.name());
    assertTrue(isThere(CLAIM) && !isThere(MARK));
    s3.delete(new Path(CLAIM), false);
    put(MARK);
    refusal = assertThrows(OutputException.class, () -> publication.remove(earlier));
    assertEquals(ErrorName.ATTEMPT_NOT_REMOVED, refusal.name());
    assertTrue(isThere(MARK));
  }

  @Test
  void whatARunWritesAfterItWasCleanedAwayCanBeCleaned() throws IOException {
    Configuration configuration = spark().sparkContext().hadoopConfiguration();
    Publication publication = Publication.at(new Path("s3a://bucket" + OUTPUT), configuration);
    try (Staging late = publication.prepare()) {
      assertTrue(cleanAtOnce().out().startsWith("removed "));
      put(OUTPUT + "/part-0.parquet");
      OutputException refusal =
          assertThrows(
              OutputException.class, () -> publication.publish(late, Manifests.ofNoRows("monday")));
      assertEquals(ErrorName.ATTEMPT_TAKEN_AWAY, refusal.name());
    }
    assertTrue(isThere(CLAIM) && isThere(OUTPUT + "/part-0.parquet"));
    Program run = run();
    assertEquals(5, run.code(), run.err());
    assertTrue(run.err().contains("clean"), run.err());
    assertTrue(cleanAtOnce().out().startsWith("removed "));
    assertFalse(isThere(OUTPUT));
  }

  @Test
  void adviceOnADamagedRunIsWhatAStoreCanDo() throws IOException {
    assertEquals(0, run().code());
    s3.delete(new Path(OUTPUT + "/_SUCCESS"), false);
    for (Program told : new Program[] {run(), Program.run("verify", "s3a://bucket" + OUTPUT)}) {
      assertTrue(told.code() == 5 || told.code() == 6, told.err());
      assertTrue(told.err().contains("_SUCCESS"), told.err());
      assertTrue(told.err().toLowerCase(java.util.Locale.ROOT).contains("remove "), told.err());
      assertFalse(told.err().contains("--replace"), told.err());
    }
  }
}
