package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.publish.Publication;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.testing.Program;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifications of an output that is being replaced: they see one run, or none. */
class VerificationRaceTest extends JobTest {
  private static final int VERIFICATIONS = 40;
  private static final long MOST_MILLIS_BETWEEN = 100;

  private final Configuration configuration = new Configuration();
  private String job;

  @BeforeEach
  void publishTwoRuns() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--temperature", "2"));
    Files.move(out(), other());
    assertPublished(score("multiclass"));
    job =
        Files.writeString(folder.resolve("job.yaml"), "input: in\noutput: out\ntask: multiclass\n")
            .toString();
  }

  private Path other() {
    return folder.resolve("other");
  }

  /** Two renames, as a replacement does them. */
  private void exchange() throws IOException {
    Path aside = folder.resolve(".out.sigmax-replaced-0123456789ab");
    Files.move(out(), aside);
    Files.move(other(), out());
    Files.move(aside, other());
  }

  private Manifest published() throws IOException {
    return ManifestFile.read(output(out()), configuration).orElseThrow();
  }

  private static org.apache.hadoop.fs.Path output(Path path) {
    return new org.apache.hadoop.fs.Path(path.toString());
  }

  private SettledOutput settled() {
    return new SettledOutput(output(out()), configuration);
  }

  /** The published run once more, at another time and with parts of other names. */
  private void replace(Path parts, Manifest template, int round) throws IOException {
    Publication publication = Publication.at(output(out()), configuration);
    try (Staging staging = publication.prepare()) {
      Path prepared = Path.of(staging.folder().toUri().getPath());
      List<Manifest.PartFile> renamed = new ArrayList<>();
      for (Manifest.PartFile part : template.output().files()) {
        String name = "part-" + round + "-" + renamed.size() + ".parquet";
        Files.copy(parts.resolve(part.path()), prepared.resolve(name));
        renamed.add(new Manifest.PartFile(name, part.bytes(), part.rows(), part.crc32c()));
      }
      Files.createFile(prepared.resolve("_SUCCESS"));
      publication.replace(staging, another(template, round, renamed));
    }
  }

  private static Manifest another(Manifest template, int round, List<Manifest.PartFile> renamed) {
    return new Manifest(
        template.runId(),
        template.fingerprint(),
        Instant.EPOCH.plusSeconds(round).toString(),
        template.versions(),
        template.kernel(),
        template.engine(),
        template.job(),
        template.input(),
        new Manifest.Output(template.output().rows(), renamed, template.output().uncompressed()),
        template.quarantine(),
        template.checks(),
        template.badRowSamples(),
        template.distribution(),
        template.drift(),
        template.incremental(),
        template.warnings(),
        template.timingMs());
  }

  @Test
  void verificationsBesideReplacementsNeverFindDamage() throws Exception {
    Path parts = folder.resolve("parts");
    FileUtils.copyDirectory(out().toFile(), parts.toFile());
    Manifest template = published();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<?> replacing =
        pool.submit(
            () -> {
              for (int round = 1; !done.get(); round++) {
                replace(parts, template, round);
                Thread.sleep(MOST_MILLIS_BETWEEN * (round % 10) / 10);
              }
              return null;
            });
    List<String> wrong = new ArrayList<>();
    int good = 0;
    try {
      for (int i = 0; i < VERIFICATIONS; i++) {
        for (String what : List.of(out().toString(), job)) {
          Program verified = Program.run("verify", what);
          if (verified.code() == 0) {
            good++;
          } else if (!verified.err().contains("[OUTPUT_NOT_FOUND]")) {
            wrong.add(verified.err());
          }
        }
      }
    } finally {
      done.set(true);
      pool.shutdown();
      replacing.get();
    }
    assertEquals(List.of(), wrong);
    assertTrue(good > 0, "none came to an end");
  }

  @Test
  void whatIsWrongWithARunThatIsThereNoMoreDoesNotCount() throws IOException {
    List<Manifest> seen = new ArrayList<>();
    Manifest first = published();
    Manifest verified =
        settled()
            .at(
                found -> {
                  seen.add(found.orElseThrow());
                  if (seen.size() == 1) {
                    exchange();
                    throw new DifferenceException(ErrorName.OUTPUT_DAMAGED, "a part is missing");
                  }
                  return found.get();
                });
    assertEquals(List.of(first, published()), seen);
    assertEquals(published(), verified);
  }

  /** As where a replacement is cut off and undone: the run that was looked at is there again. */
  @Test
  void whatIsWrongWithARunThatWentAndCameBackDoesNotCount() throws IOException {
    // The clock of a disk may have coarse ticks.
    Files.setLastModifiedTime(folder, FileTime.fromMillis(1_000_000));
    List<Manifest> seen = new ArrayList<>();
    Manifest first = published();
    Manifest verified =
        settled()
            .at(
                found -> {
                  seen.add(found.orElseThrow());
                  if (seen.size() == 1) {
                    exchange();
                    exchange();
                    throw new DifferenceException(ErrorName.OUTPUT_DAMAGED, "a part is missing");
                  }
                  return found.get();
                });
    assertEquals(List.of(first, first), seen);
    assertEquals(first, verified);
  }

  @Test
  void whatIsWrongWithARunCountsThoughOthersPublishBesideItAllTheTime() {
    DifferenceException damage =
        new DifferenceException(ErrorName.OUTPUT_DAMAGED, "a part is missing");
    AtomicInteger looks = new AtomicInteger();
    DifferenceException told =
        assertThrows(
            DifferenceException.class,
            () ->
                settled()
                    .at(
                        found -> {
                          int look = looks.incrementAndGet();
                          Files.createDirectory(folder.resolve("beside" + look));
                          Files.setLastModifiedTime(folder, FileTime.fromMillis(look));
                          throw damage;
                        }));
    assertSame(damage, told);
    assertTrue(looks.get() > 1, "one look");
  }

  @Test
  void whatIsWrongWithARunThatStaysCountsAtOnce() {
    DifferenceException damage =
        new DifferenceException(ErrorName.OUTPUT_DAMAGED, "a part is missing");
    List<Manifest> seen = new ArrayList<>();
    DifferenceException told =
        assertThrows(
            DifferenceException.class,
            () ->
                settled()
                    .at(
                        found -> {
                          seen.add(found.orElseThrow());
                          throw damage;
                        }));
    assertSame(damage, told);
    assertEquals(1, seen.size());
  }

  @Test
  void anOutputThatNeverStaysIsNotFound() {
    DifferenceException damage =
        new DifferenceException(ErrorName.OUTPUT_DAMAGED, "a part is missing");
    assertNeverStays(
        damage,
        found -> {
          exchange();
          throw damage;
        });
    FileNotFoundException gone = new FileNotFoundException("a part");
    assertNeverStays(
        gone,
        found -> {
          throw gone;
        });
  }

  private void assertNeverStays(Exception failure, SettledOutput.Look look) {
    InputException told = assertThrows(InputException.class, () -> settled().at(look));
    assertEquals(ErrorName.OUTPUT_NOT_FOUND, told.name());
    assertSame(failure, told.getCause());
    assertTrue(told.getMessage().contains(out().toString()), told.getMessage());
  }
}
