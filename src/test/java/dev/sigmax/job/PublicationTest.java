package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The output appears whole or not at all, and is what its manifest says. */
class PublicationTest extends JobTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(86_400_000);

  /** The tasks have read, and commit what they wrote. */
  private static final int WHEN_ALL_IS_READ = 8;

  private Path part() throws IOException {
    try (Stream<Path> files = Files.list(out())) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void theManifestSaysWhatWasReadDoneCheckedAndWritten() throws IOException {
    Path a = input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--run-id", "nightly-7"));
    JsonNode manifest = manifest();
    assertEquals("nightly-7", manifest.get("run_id").asText());
    assertEquals(64, manifest.get("fingerprint").asText().length());
    assertEquals(spark().version(), manifest.at("/versions/spark").asText());
    assertEquals("vector", manifest.at("/kernel/name").asText());
    assertTrue(manifest.at("/kernel/lanes").asInt() >= 2);
    assertEquals("columnar", manifest.at("/engine/path").asText());
    assertEquals("a", manifest.at("/job/labels/0").asText());
    assertEquals(3, manifest.at("/input/rows").asLong());
    assertEquals("file:" + a, manifest.at("/input/files/0/path").asText());
    assertEquals(Files.size(a), manifest.at("/input/files/0/bytes").asLong());
    assertEquals(3, manifest.at("/input/files/0/rows").asLong());
    assertEquals(3, manifest.at("/output/rows").asLong());
    assertEquals(part().getFileName().toString(), manifest.at("/output/files/0/path").asText());
    assertEquals(Files.size(part()), manifest.at("/output/files/0/bytes").asLong());
    assertEquals(crc32c(part()), manifest.at("/output/files/0/crc32c").asText());
    assertEquals(0x1p-23, manifest.at("/checks/row_sum/tolerance").asDouble());
    assertTrue(manifest.at("/checks/row_sum/judged").asBoolean());
    assertTrue(manifest.at("/timing_ms/total").asLong() > 0);
    assertTrue(Files.exists(out().resolve("_SUCCESS")));
  }

  private static String crc32c(Path file) throws IOException {
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(Files.readAllBytes(file));
    return String.format("%08x", crc.getValue());
  }

  @Test
  void namesThatLookLikePasswordsStayWhatTheyAre() {
    input(
        "a.parquet",
        "SELECT 1 AS \"x?token=a\"\"b\", 1::FLOAT AS logit_a, 2::FLOAT AS \"logit_?token=abc\"");
    assertPublished(score("multiclass"));
    assertEquals("x?token=a\"b", manifest().at("/job/keep/0").asText());
    assertEquals("?token=abc", manifest().at("/job/labels/1").asText());
    Program verified = Program.run("verify", out().toString());
    assertEquals(0, verified.code(), verified.err());
  }

  @Test
  void theSameRunAgainIsAlreadyPublished() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    var published = Files.getLastModifiedTime(part());
    Program again = score("multiclass");
    assertPublished(again);
    assertTrue(again.out().startsWith("already published"), again.out());
    assertTrue(score("multiclass", "--replace").out().startsWith("already published"));
    assertEquals(published, Files.getLastModifiedTime(part()));
  }

  @Test
  void aDifferentRunIntoTheSameOutputIsRefused() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    byte[] before = Files.readAllBytes(part());
    for (String[] other :
        List.of(
            new String[] {"--temperature", "2"},
            new String[] {"--run-id", "another"},
            new String[] {"--keep", ""})) {
      Program run = score("multiclass", other);
      assertEquals(5, run.code());
      assertTrue(run.err().contains("--replace"), run.err());
    }
    org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(part()));
    assertNoLitter();
  }

  @Test
  void anOutputThatIsNoRunIsNeverReplaced() throws IOException {
    input("a.parquet", THREE_ROWS);
    Files.createDirectories(out());
    Files.writeString(out().resolve("precious.txt"), "mine");
    for (String[] options : new String[][] {{}, {"--replace"}}) {
      Program run = score("multiclass", options);
      assertEquals(5, run.code());
      assertTrue(run.err().contains("no published run"), run.err());
    }
    assertEquals("mine", Files.readString(out().resolve("precious.txt")));
  }

  @Test
  void aLinkToNowhereIsInTheWay() throws IOException {
    input("a.parquet", THREE_ROWS);
    Files.createSymbolicLink(out(), folder.resolve("nowhere"));
    Program run = score("multiclass");
    assertEquals(5, run.code());
    assertTrue(run.err().contains("exists"), run.err());
    assertNoLitter();
  }

  @Test
  void replacePutsTheNewRunInTheOldOnesPlace() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    String first = manifest().get("run_id").asText();
    assertPublished(score("multiclass", "--temperature", "2", "--replace"));
    assertNotEquals(first, manifest().get("run_id").asText());
    assertEquals(3L, DuckDb.value("SELECT count(*) FROM " + output()));
    assertNoLitter();
  }

  @Test
  void aReplacementThatFailsLeavesTheOldOutput() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    byte[] before = Files.readAllBytes(part());
    input(
        "b.parquet",
        "SELECT 9 AS id, 'nan'::FLOAT AS logit_a, 1::FLOAT AS logit_b, 1::FLOAT AS logit_c");
    assertEquals(4, score("multiclass", "--replace").code());
    org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(part()));
    assertNoLitter();
  }

  @Test
  void anOutputWhoseParentDoesNotExistIsRefused() {
    input("a.parquet", THREE_ROWS);
    Program run =
        Program.run(
            "score",
            "--input",
            in().toString(),
            "--output",
            path("no/such/out"),
            "--task",
            "multiclass");
    assertRefused(5, run, "does not exist", "no/such");
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefused() throws IOException {
    input("a.parquet", THREE_ROWS);
    Files.writeString(folder.resolve("file"), "x");
    assertRefused(
        5,
        Program.run(
            "score",
            "--input",
            in().toString(),
            "--output",
            path("file/out"),
            "--task",
            "multiclass"),
        "file");
    if (Files.isDirectory(Path.of("/proc/self"))) {
      assertRefused(
          5,
          Program.run(
              "score",
              "--input",
              in().toString(),
              "--output",
              "/proc/self/out",
              "--task",
              "multiclass"),
          "cannot write into");
    }
  }

  @Test
  void anOutputInsideTheInputOrTheOtherWayRoundIsRefused() throws IOException {
    input("a.parquet", THREE_ROWS);
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, in());
    for (String output :
        List.of(in() + "/out", link + "/out", folder.toString(), in().toString())) {
      Program run =
          Program.run(
              "score", "--input", in().toString(), "--output", output, "--task", "multiclass");
      assertRefused(2, run, "one in the other");
    }
  }

  @Test
  void abandonedAttemptsOfOthersAreLeftAlone() throws IOException {
    input("a.parquet", THREE_ROWS);
    Path other = folder.resolve(".out.sigmax-staging-0123456789ab");
    Files.createDirectories(other);
    assertPublished(score("multiclass"));
    assertTrue(Files.exists(other));
  }

  @Test
  void anInputThatChangesBeforePublicationIsRefused() throws IOException {
    Path a = input("a.parquet", THREE_ROWS);
    Path b = folder.resolve("b.parquet");
    Files.copy(a, b);
    requireRefused("a.parquet was written to", () -> Files.setLastModifiedTime(a, LONG_AGO));
    requireRefused("c.parquet came", () -> Files.copy(b, in().resolve("c.parquet")));
    Files.delete(in().resolve("c.parquet"));
    assertPublished(score("multiclass"));
  }

  /** Refuses a run while whose last files are written others change the input. */
  private void requireRefused(String how, FaultPlan.Deed change) {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    FaultPlan.planMeanwhile(WHEN_ALL_IS_READ, change);
    try {
      Program run = scoreToFaultyFiles();
      assertRefused(3, run, "the input changed while it was read", how);
    } finally {
      FaultPlan.heal();
    }
  }

  @Test
  void verifyFindsEveryDifference() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    Program whole = Program.run("verify", out().toString());
    assertEquals(0, whole.code(), whole.err());
    assertTrue(whole.out().startsWith("verified run"), whole.out());

    Path part = part();
    byte[] bytes = Files.readAllBytes(part);
    bytes[40] ^= 1;
    Files.write(part, bytes);
    Files.deleteIfExists(out().resolve("." + part.getFileName() + ".crc"));
    Program damaged = Program.run("verify", out().toString());
    assertEquals(6, damaged.code());
    assertTrue(damaged.err().contains("CRC-32C of " + part.getFileName()), damaged.err());

    Path stray = out().resolve("part-99999.parquet");
    DuckDb.write("SELECT 1 AS x", stray);
    Files.delete(part);
    Program other = Program.run("verify", out().toString());
    assertEquals(6, other.code());
    assertTrue(other.err().contains(part.getFileName() + " is missing"), other.err());
    assertTrue(other.err().contains("part-99999.parquet is not in the manifest"), other.err());

    Program refused = score("multiclass");
    assertEquals(5, refused.code());
    assertTrue(refused.err().contains("this run, damaged"), refused.err());
    assertTrue(score("multiclass", "--replace").out().startsWith("published run"));
    assertEquals(0, Program.run("verify", out().toString()).code());

    Files.createDirectories(out().resolve("dt=1"));
    Files.delete(out().resolve("_SUCCESS"));
    Program folders = Program.run("verify", out().toString());
    assertEquals(6, folders.code());
    assertTrue(folders.err().contains("the folder dt=1 is not in the manifest"), folders.err());
    assertTrue(folders.err().contains("_SUCCESS is missing"), folders.err());
  }

  @Test
  void aManifestThatWasEditedIsADifference() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--temperature", "3.5"));
    Path file = out().resolve("_sigmax/manifest.json");
    String manifest = Files.readString(file);
    String part = part().getFileName().toString();
    for (String[] edit :
        new String[][] {
          {"3.5", "2.5"},
          {"[ \"a\", \"b\", \"c\" ]", "[ \"b\", \"a\", \"c\" ]"},
          {"in/a.parquet", "in/b.parquet"}
        }) {
      String edited = manifest.replace(edit[0], edit[1]);
      assertNotEquals(manifest, edited, edit[0]);
      Files.writeString(file, edited);
      Program verified = Program.run("verify", out().toString());
      assertEquals(6, verified.code(), edit[0]);
      assertTrue(verified.err().contains("fingerprint"), verified.err());
    }
    Files.writeString(file, manifest);
    assertEquals(0, Program.run("verify", out().toString()).code(), part);
  }

  @Test
  void aDamagedManifestIsADifferenceAndCanBeReplaced() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    Path file = out().resolve("_sigmax/manifest.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"rows\" : 3", "\"rows\" : 4"));
    assertEquals(6, Program.run("verify", out().toString()).code());
    Files.deleteIfExists(out().resolve("_sigmax/.manifest.json.crc"));
    assertEquals(6, Program.run("verify", out().toString()).code());
    for (String part : List.of("input", "output", "checks", "row_sum", "files", "run_id")) {
      Files.writeString(file, text.replace("\"" + part + "\"", "\"gone\""));
      Program damaged = Program.run("verify", out().toString(), "--verbose");
      assertEquals(6, damaged.code(), () -> part + ": " + damaged.err());
    }
    Files.writeString(file, "{");
    assertEquals(6, Program.run("verify", out().toString()).code());
    assertEquals(5, score("multiclass").code());
    assertPublished(score("multiclass", "--replace"));
    Files.delete(file);
    assertEquals(6, Program.run("verify", out().toString()).code());
    assertEquals(3, Program.run("verify", path("nowhere")).code());
  }

  @Test
  void aDryRunWritesNothing() {
    input("a.parquet", THREE_ROWS);
    Program run = score("multiclass", "--dry-run");
    assertPublished(run);
    assertTrue(run.out().contains("row-wise softmax"), run.out());
    assertTrue(run.out().contains("[id, prob_a, prob_b, prob_c, row_sum, row_issue]"), run.out());
    assertFalse(Files.exists(out()));
    assertNoLitter();
  }
}
