package dev.sigmax.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.OutputException;
import dev.sigmax.job.IncrementalStoreTest;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.publish.Publication;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs on S3, through hadoop-aws: a server in this JVM, without folders and without renames. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class S3IT extends IncrementalStoreTest {
  private LocalS3 server;
  private ConditionalFront front;
  private FileSystem s3;

  @BeforeEach
  void startS3() throws Exception {
    server = new LocalS3(spark().sparkContext().hadoopConfiguration());
    front = server.front();
    s3 = server.fileSystem();
    fillStore();
  }

  @AfterEach
  void stopS3() throws Exception {
    server.close();
  }

  @Override
  protected FileSystem store() {
    return s3;
  }

  private Set<String> names(String folder) throws IOException {
    Set<String> names = new TreeSet<>();
    for (FileStatus status : s3.listStatus(new Path(folder))) {
      names.add(status.getPath().getName().replaceAll("^part-.*", "part"));
    }
    return names;
  }

  @Test
  void aRunOnS3GivesTheBitsOfALocalOne() throws IOException {
    Program run = scoreTo("/runs/a", "--engine", "columnar", "--run-id", "monday");
    assertEquals(0, run.code(), run.err());
    requireRight("/runs/a");
    assertEquals(Set.of("_SUCCESS", "_sigmax", "part"), names("/runs/a"));
    assertEquals(
        Set.of("/bucket/runs/a/_sigmax/claim.txt", "/bucket/runs/a/_sigmax/manifest.json"),
        front.conditionalKeys());
    assertEquals(0, Program.run("verify", at("/runs/a"), "--run-id", "monday").code());
    assertTrue(
        scoreTo("/runs/a", "--engine", "columnar", "--run-id", "monday")
            .out()
            .startsWith("already published"));
    assertEquals(5, scoreTo("/runs/a", "--temperature", "2").code());
    assertEquals("nothing to remove\n", Program.run("clean", at("/runs/a")).out());
    requireRight("/runs/a");
  }

  @Test
  void theCommitterThatRenamesIsRefusedBeforeAnyWork() throws IOException {
    spark().sparkContext().hadoopConfiguration().set("fs.s3a.committer.name", "file");
    Program run = scoreTo("/runs/b");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("fs.s3a.committer.name=magic"), run.err());
    assertEquals(2, scoreTo("/runs/b", "--dry-run").code());
    assertFalse(s3.exists(new Path("/runs/b")), "something was written");
  }

  @Test
  void aReplacementIsRefused() {
    Program run = scoreTo("/runs/c", "--replace");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("--replace"), run.err());
  }

  @Test
  void aRunThatFailsItsGateLeavesNothing() throws IOException {
    input(
        "bad.parquet",
        "SELECT (-1)::BIGINT AS id, NULL::FLOAT AS logit_a, 1::FLOAT AS logit_b FROM range(3)");
    s3.copyFromLocalFile(
        new Path(in().resolve("bad.parquet").toString()), new Path("/in/b.parquet"));
    assertEquals(4, scoreTo("/runs/d").code());
    assertFalse(s3.exists(new Path("/runs/d")), "parts were left");
    Program run = scoreTo("/runs/d", "--on-bad-row", "quarantine");
    assertEquals(0, run.code(), run.err());
    requireRight("/runs/d");
    assertEquals(Set.of("_SUCCESS", "part"), names("/runs/d/_quarantine"));
  }

  @Test
  void partsAreSeenWhenAllAreWrittenAndTheManifestLast() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Program> run = pool.submit(() -> scoreTo("/runs/e"));
      Set<Set<String>> seen = new java.util.LinkedHashSet<>();
      while (!run.isDone()) {
        boolean counts = s3.exists(new Path("/runs/e/_sigmax/manifest.json"));
        if (s3.exists(new Path("/runs/e"))) {
          Set<String> names = names("/runs/e");
          seen.add(names);
          assertTrue(!counts || names.containsAll(Set.of("_SUCCESS", "part")), names.toString());
        }
      }
      assertEquals(0, run.get().code(), run.get().err());
      assertTrue(seen.size() > 1, "hardly anything was seen: " + seen);
      requireRight("/runs/e");
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void anAttemptWhoseClaimWasTakenPublishesAndRemovesNothing() throws IOException {
    assertEquals(0, scoreTo("/runs/g").code());
    Configuration configuration = spark().sparkContext().hadoopConfiguration();
    Manifest manifest = ManifestFile.read(new Path(at("/runs/g")), configuration).orElseThrow();
    Publication publication = Publication.at(new Path(at("/runs/h")), configuration);
    Path claim = new Path("/runs/h/_sigmax/claim.txt");
    try (Staging slow = publication.prepare()) {
      try (OutputStream other = s3.create(claim, true)) {
        other.write("attempt 0123, begun later\n".getBytes(StandardCharsets.UTF_8));
      }
      OutputException refusal =
          assertThrows(OutputException.class, () -> publication.publish(slow, manifest));
      assertTrue(refusal.getMessage().contains("taken away"), refusal.getMessage());
    }
    assertTrue(s3.exists(claim), "the other attempt's claim was removed");
    assertTrue(publication.published().isEmpty());
  }

  @Test
  void aRunThatWasCutOffIsNamedAndCleaned() throws IOException {
    try (OutputStream claim = s3.create(new Path("/runs/f/_sigmax/claim.txt"))) {
      claim.write("attempt 0123, begun long ago\n".getBytes(StandardCharsets.UTF_8));
    }
    try (OutputStream part = s3.create(new Path("/runs/f/part-0.parquet"))) {
      part.write(1);
    }
    Program run = scoreTo("/runs/f");
    assertEquals(5, run.code());
    assertTrue(run.err().contains("claim.txt") && run.err().contains("clean"), run.err());
    assertTrue(Program.run("clean", at("/runs/f")).out().startsWith("left "));
    assertEquals(6, Program.run("verify", at("/runs/f")).code());
    assertTrue(
        Program.run("clean", at("/runs/f"), "--older-than", "0").out().startsWith("removed "));
    assertEquals(0, scoreTo("/runs/f").code());
    requireRight("/runs/f");
  }

  @Test
  void anIncrementalRunThatWasCutOffIsNamedAndItsFilesAreTheNextOnes() throws IOException {
    assertEquals(0, incremental().code());
    arrives("b.parquet", 1_000_000, 10);
    String cutOff = "/runs/arriving/run=00000002";
    try (OutputStream claim = s3.create(new Path(cutOff + "/_sigmax/claim.txt"))) {
      claim.write("attempt 0123, begun long ago\n".getBytes(StandardCharsets.UTF_8));
    }
    try (OutputStream part = s3.create(new Path(cutOff + "/part-0.parquet"))) {
      part.write(1);
    }
    Program run = incremental();
    assertEquals(5, run.code(), run.err());
    assertTrue(run.err().contains(cutOff + "/_sigmax/claim.txt"), run.err());
    assertTrue(run.err().contains("clean"), run.err());
    Program clean = Program.run("clean", at("/runs/arriving"), "--older-than", "0");
    assertTrue(clean.out().startsWith("removed "), clean.out() + clean.err());
    assertEquals(0, incremental().code());
    assertTrue(manifestOf(2).contains("b.parquet"), manifestOf(2));
    assertEquals(0, Program.run("verify", at("/runs/arriving")).code());
  }
}
