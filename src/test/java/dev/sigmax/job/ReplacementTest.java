package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.publish.Attempts;
import dev.sigmax.output.publish.Publication;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do at an output and its attempts while a run is under way, or after it died. */
class ReplacementTest extends JobTest {
  private final Configuration configuration = new Configuration();

  @BeforeEach
  void publishARun() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
  }

  private Path beside(String kind) {
    return folder.resolve(".out.sigmax-" + kind + "-0123456789ab");
  }

  private Publication publicationAt(Path output) throws IOException {
    return Publication.at(new org.apache.hadoop.fs.Path(output.toUri()), configuration);
  }

  private Manifest published() throws IOException {
    return ManifestFile.read(new org.apache.hadoop.fs.Path(out().toUri()), configuration)
        .orElseThrow();
  }

  /** An attempt with the parts of the published run. */
  private Staging prepare(Publication publication) throws IOException {
    Staging staging = publication.prepare();
    Path folder = Path.of(staging.folder().toUri().getPath());
    for (Manifest.PartFile part : published().output().files()) {
      Files.copy(out().resolve(part.path()), folder.resolve(part.path()));
    }
    return staging;
  }

  private static List<Path> partsOf(Staging staging) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(staging.folder().toUri().getPath()))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void whatIsPreparedIsPublished() throws IOException {
    Path output = folder.resolve("other");
    Publication publication = publicationAt(output);
    try (Staging staging = prepare(publication)) {
      publication.publish(staging, published());
    }
    assertEquals(published(), publication.published().orElseThrow());
  }

  @Test
  void anAttemptThatLostAPartIsNotPublished() throws IOException {
    Path output = folder.resolve("other");
    Publication publication = publicationAt(output);
    try (Staging staging = prepare(publication)) {
      Files.delete(partsOf(staging).get(0));
      OutputException refusal =
          assertThrows(OutputException.class, () -> publication.publish(staging, published()));
      assertTrue(refusal.getMessage().contains("is gone"), refusal.getMessage());
    }
    assertFalse(Files.exists(output));
  }

  @Test
  void anAttemptThatWasCleanedAwayIsNotPublished() throws IOException {
    Path output = folder.resolve("other");
    Publication publication = publicationAt(output);
    try (Staging staging = prepare(publication)) {
      Program clean = Program.run("clean", output.toString(), "--older-than", "0");
      assertTrue(clean.out().contains("removed"), clean.out());
      OutputException refusal =
          assertThrows(OutputException.class, () -> publication.publish(staging, published()));
      assertTrue(refusal.getMessage().contains("taken away"), refusal.getMessage());
    }
    assertFalse(Files.exists(output));
  }

  @Test
  void anAttemptThatPublishesBeforeItIsCleanedAwayIsNoFailure() throws IOException {
    Path output = folder.resolve("other");
    Publication publication = publicationAt(output);
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(output.toUri());
    try (Staging staging = prepare(publication)) {
      Attempts.Attempt found = Attempts.beside(place, configuration).get(0);
      publication.publish(staging, published());
      assertFalse(Attempts.remove(place, found, configuration));
    }
    assertEquals(published(), publication.published().orElseThrow());
  }

  @Test
  void whatCameToBeThereMeanwhileAndIsNoRunIsNotReplaced() throws IOException {
    Path output = folder.resolve("other");
    Publication publication = publicationAt(output);
    Files.createDirectories(output);
    Files.writeString(output.resolve("precious.txt"), "mine");
    try (Staging staging = prepare(publication)) {
      assertThrows(OutputException.class, () -> publication.replace(staging, published()));
    }
    try (Staging staging = prepare(publication)) {
      OutputException refusal =
          assertThrows(OutputException.class, () -> publication.publish(staging, published()));
      assertTrue(
          refusal.getMessage().startsWith("something that is no published run came to be at"),
          refusal.getMessage());
    }
    assertEquals("mine", Files.readString(output.resolve("precious.txt")));
  }

  @Test
  void aRunThatALinkLeadsToIsNotReplacedByTheLinksName() throws IOException {
    Path real = Files.move(out(), folder.resolve("real"));
    Files.createSymbolicLink(out(), real);
    assertTrue(score("multiclass").out().startsWith("already published"));
    Program run = score("multiclass", "--temperature", "2", "--replace");
    assertEquals(5, run.code(), run.err());
    assertTrue(run.err().contains("is a link to " + real.toRealPath()), run.err());
    assertTrue(run.err().contains("[OUTPUT_EXISTS]"), run.err());
    assertTrue(Files.isSymbolicLink(out()));
    assertEquals(0, Program.run("verify", real.toString()).code());
  }

  @Test
  void anOutputThatWentMeanwhileNeedsNoReplacing() throws IOException {
    Path output = folder.resolve("other");
    Publication publication = publicationAt(output);
    try (Staging staging = prepare(publication)) {
      publication.replace(staging, published());
    }
    assertEquals(published(), publication.published().orElseThrow());
  }

  @Test
  void aReplacementThatWasCutOffIsUndoneFirst() throws IOException {
    Files.move(out(), beside("replaced"));
    assertTrue(score("multiclass").out().startsWith("already published"));
    assertNoLitter();
  }

  @Test
  void whoOnlyLooksUndoesNothing() throws IOException {
    Files.move(out(), beside("replaced"));
    Program verified = Program.run("verify", out().toString());
    assertEquals(3, verified.code());
    assertTrue(verified.err().contains(beside("replaced").toString()), verified.err());
    assertEquals(0, score("multiclass", "--dry-run").code());
    assertFalse(Files.exists(out()));
    assertEquals(0, Program.run("clean", out().toString()).code());
    assertEquals(0, Program.run("verify", out().toString()).code());
  }

  @Test
  void ofTwoOldOutputsNoneIsGuessed() throws IOException {
    Files.move(out(), beside("replaced"));
    Path other = folder.resolve(".out.sigmax-replaced-ba9876543210");
    Files.createDirectories(other);
    Program run = score("multiclass");
    assertEquals(5, run.code());
    assertTrue(run.err().contains(other.toString()), run.err());
    assertTrue(run.err().contains(beside("replaced").toString()), run.err());
    assertFalse(Files.exists(out()));
    Program verified = Program.run("verify", out().toString());
    assertEquals(3, verified.code());
    for (Path old : List.of(other, beside("replaced"))) {
      assertTrue(verified.err().contains(old.toString()), verified.err());
    }
    String todo =
        "(published_at). Rename the one that you want to out; clean and the next replacement remove"
            + " the others. [OUTPUT_NOT_FOUND]";
    assertTrue(verified.err().contains(todo), verified.err());
    Files.move(beside("replaced"), out());
    assertEquals(0, Program.run("verify", out().toString()).code());
    assertPublished(score("multiclass", "--temperature", "2", "--replace"));
    assertNoLitter();
  }

  @Test
  void halfOfAnOldOutputNeverComesBack() throws IOException {
    Files.createDirectories(beside("trash"));
    Files.move(out(), folder.resolve("gone"));
    assertPublished(score("multiclass"));
    assertEquals(0, Program.run("clean", out().toString(), "--older-than", "0").code());
    assertNoLitter();
  }

  @Test
  void whatATaskWroteBehindARemovalThatWasCutOffIsCleanedAwayToo() throws IOException {
    Files.createDirectories(beside("trash"));
    Files.createDirectories(beside("staging"));
    Program clean = Program.run("clean", out().toString(), "--older-than", "0");
    assertEquals(0, clean.code(), clean.err());
    assertNoLitter();
  }

  @Test
  void aTimeOfPublicationThatIsNoneIsADifference() throws IOException {
    Path file = out().resolve("_sigmax/manifest.json");
    String text = Files.readString(file);
    String time = published().publishedAt();
    Files.writeString(file, text.replace("\"" + time + "\"", "\"yesterday\""));
    Program verified = Program.run("verify", out().toString());
    assertEquals(6, verified.code(), verified.err());
    assertTrue(verified.err().contains("yesterday"), verified.err());
  }

  @Test
  void aFolderWithoutAnythingToSeeIsNoOutput() throws IOException {
    Path output = Files.createDirectory(folder.resolve("other"));
    Program verified = Program.run("verify", output.toString());
    assertEquals(3, verified.code(), verified.err());
    assertTrue(verified.err().contains("[OUTPUT_NOT_FOUND]"), verified.err());
    Files.createDirectory(output.resolve(".run=00000001.sigmax-staging-0123456789ab"));
    verified = Program.run("verify", output.toString());
    assertEquals(3, verified.code(), verified.err());
    assertTrue(verified.err().contains("clean"), verified.err());
    Files.writeString(output.resolve("notes.txt"), "mine");
    assertEquals(6, Program.run("verify", output.toString()).code());
  }
}
