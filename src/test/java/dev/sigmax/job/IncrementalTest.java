package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code score --incremental}: each input file is scored once, whatever comes when. */
class IncrementalTest extends IncrementalRuns {
  @Test
  void eachRunTakesWhatNoRunHasSeenAndEachRowCountsOnce() throws IOException {
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    assertPublished(incremental());
    assertEquals(List.of("run=00000001"), runs());
    file("b.parquet", 10, 20);
    file("c.parquet", 30, 30);
    assertPublished(incremental());
    assertEquals(List.of("run=00000001", "run=00000002"), runs());
    assertEquals(List.of(60L, 60L, 59L * 60 / 2), counted());
    assertEquals(
        List.of(List.of("00000001", 10L), List.of("00000002", 50L)),
        DuckDb.rows(
            "SELECT run, count(*) FROM read_parquet('"
                + out()
                + "/run=*/*.parquet', hive_partitioning = true) GROUP BY run ORDER BY run"));
    JsonNode place = manifestOf(2).get("incremental");
    assertEquals(2, place.get("number").asInt());
    assertEquals(1, place.get("runs_before").asInt());
    assertEquals(2, place.get("files_taken").asInt());
    assertEquals(1, place.get("files_seen_before").asInt());
    assertEquals("bigint", place.at("/kept_types/id").asText());
    assertNoLitter();
  }

  @Test
  void theScoresAreThoseOfOneRunOverAllFiles() {
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    file("b.parquet", 10, 20);
    assertPublished(incremental());
    Path whole = folder.resolve("whole");
    assertPublished(
        Program.run(
            "score",
            "--input",
            in().toString(),
            "--output",
            whole.toString(),
            "--task",
            "multiclass"));
    String all = "SELECT id, prob_a, prob_b, row_sum, row_issue FROM '%s' ORDER BY ALL";
    assertEquals(
        DuckDb.rows(all.formatted(whole + "/*.parquet")),
        DuckDb.rows(all.formatted(out() + "/run=*/*.parquet")));
  }

  @Test
  void nothingNewIsAGoodEndThatSaysSoAndWritesNothing() throws IOException {
    Files.createDirectories(in());
    Program empty = incremental();
    assertEquals("nothing new: the input has no files\n", empty.out());
    assertPublished(empty);
    assertFalse(Files.exists(out()));
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    FileTime written = Files.getLastModifiedTime(out());
    Program again = incremental();
    assertPublished(again);
    assertEquals(
        "nothing new: 1 run under " + out() + " has scored the input's 1 file\n", again.out());
    JsonNode json = new ObjectMapper().readTree(incremental("--json", "--quiet").out());
    assertEquals("nothing_new", json.get("outcome").asText());
    assertEquals(1, json.get("files").asInt());
    assertEquals(written, Files.getLastModifiedTime(out()));
  }

  @Test
  void aDryRunPlansWhatIsNewAndWritesNothing() throws IOException {
    file("a.parquet", 0, 10);
    Program planned = incremental("--dry-run");
    assertPublished(planned);
    assertTrue(planned.out().contains("10 rows in 1 file,"), planned.out());
    assertTrue(planned.out().contains(run(1).toString()), planned.out());
    assertFalse(Files.exists(out()));
  }

  @Test
  void aLateFileIsTakenAndTold() throws IOException {
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    Path late = file("dt.parquet", 10, 5);
    Files.setLastModifiedTime(late, FileTime.fromMillis(1_000_000));
    assertPublished(incremental());
    assertEquals(List.of(15L, 15L, 105L), counted());
    String warning = manifestOf(2).at("/warnings").toString();
    assertTrue(warning.contains("1 file came late") && warning.contains(late.toString()), warning);
  }

  @Test
  void aReplacedFileIsRefusedWithTheRunThatSawIt() throws IOException {
    file("a.parquet", 0, 10);
    Path replaced = file("b.parquet", 10, 10);
    assertPublished(incremental());
    file("b.parquet", 10, 11);
    assertFails(
        3,
        "INPUT_REPLACED",
        incremental(),
        "the input " + replaced + " was written to: ",
        manifestOf(1).get("run_id").asText(),
        run(1).toString(),
        "remove the folder of that run");
    assertEquals(List.of("run=00000001"), runs());
    assertFails(6, "RUN_DIFFERS", onJob("verify"), replaced + " was written to");
    // What the message advises.
    Publications.remove(run(1));
    assertPublished(incremental());
    assertEquals(List.of(21L, 21L, 210L), counted());
  }

  @Test
  void aVanishedFileIsTold() throws IOException {
    Path gone = file("a.parquet", 0, 10);
    assertPublished(incremental());
    Files.delete(gone);
    file("b.parquet", 10, 5);
    assertPublished(incremental());
    assertEquals(List.of(15L, 15L, 105L), counted());
    String warning = manifestOf(2).at("/warnings").toString();
    assertTrue(
        warning.contains("is no longer in the input") && warning.contains(gone.toString()),
        warning);
    assertPublished(onJob("verify"));
  }

  @Test
  void aRenamedFileIsRefused() throws IOException {
    Path first = file("a.parquet", 0, 10);
    assertPublished(incremental());
    Path renamed = Files.move(first, in().resolve("b.parquet"));
    assertFails(
        3, "INPUT_RENAMED", incremental(), renamed.toString(), first.toString(), run(1).toString());
    assertEquals(List.of("run=00000001"), runs());
    Files.move(renamed, first);
    assertPublished(incremental());
  }

  @Test
  void filesWhoseNamesDifferInASignatureAloneAreTwoFiles() throws IOException {
    Path first = file("p?sig=1", 0, 10);
    assertPublished(incremental());
    Path second = file("p?sig=2", 10, 10);
    Files.setLastModifiedTime(second, Files.getLastModifiedTime(first));
    assertPublished(incremental());
    assertEquals(List.of(20L, 20L, 190L), counted());
    assertPublished(onJob("verify"));
    String manifests = manifestOf(1).toString() + manifestOf(2);
    assertFalse(manifests.contains("sig=1") || manifests.contains("sig=2"), manifests);
  }

  @Test
  void latestIsTheRunBefore() throws IOException {
    file("a.parquet", 0, 70);
    assertPublished(incremental("--compare-to", "latest", "--max-drift", "psi=0.2"));
    file("b.parquet", 70, 70);
    assertPublished(incremental("--compare-to", "latest", "--max-drift", "psi=0.2"));
    assertEquals("file:" + run(1), manifestOf(2).at("/drift/before/output").asText());
    input("c.parquet", "SELECT 999 AS id, 50::FLOAT AS logit_a, -50::FLOAT AS logit_b");
    Program moved = incremental("--compare-to", "latest", "--max-drift", "psi=0.2");
    // The column id is an INTEGER there, which is told first.
    assertFails(5, "JOB_CHANGED", moved);
    input("c.parquet", "SELECT 999::BIGINT AS id, 50::FLOAT AS logit_a, -50::FLOAT AS logit_b");
    assertFails(
        4, "DRIFT_TOO_LARGE", incremental("--compare-to", "latest", "--max-drift", "psi=0.2"));
    assertEquals(2, runs().size());
  }

  @Test
  void verifyReadsEveryRunAndFindsARowThatIsThereTwice() throws IOException {
    Path first = file("a.parquet", 0, 10);
    assertPublished(incremental());
    file("b.parquet", 10, 10);
    assertFails(6, "RUN_DIFFERS", onJob("verify"), "b.parquet is new");
    assertPublished(incremental());
    Program verified = Program.run("verify", out().toString());
    assertPublished(verified);
    assertTrue(
        verified
            .out()
            .endsWith("verified 2 runs under " + out() + ": no input file is in two of them\n"),
        verified.out());
    assertPublished(onJob("verify"));
    assertFails(6, "RUN_DIFFERS", onJob("verify", "--temperature", "2"), "temperature was 1.0");
    try (Stream<Path> parts = Files.list(run(2))) {
      Files.delete(parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
    assertFails(6, "RUN_DIFFERS", onJob("verify"), " is gone");
    assertFails(
        6,
        "OUTPUT_DAMAGED",
        Program.run("verify", out().toString()),
        "is missing",
        "Remove the folder " + run(2));
    // A run that saw the same file, as none could publish: its manifest is taken for another's.
    String text = Files.readString(run(1).resolve("_sigmax/manifest.json"));
    Path manifest = run(2).resolve("_sigmax/manifest.json");
    Files.writeString(manifest, text.replace("\"number\" : 1", "\"number\" : 2"));
    Files.deleteIfExists(manifest.resolveSibling(".manifest.json.crc"));
    assertFails(
        6,
        "OUTPUT_DAMAGED",
        Program.run("verify", out().toString()),
        "the rows of " + first + " are in run=00000001 and in run=00000002");
  }

  @Test
  void aDamagedManifestSaysWhatToDoAndStopsFurtherRuns() throws IOException {
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    file("b.parquet", 10, 10);
    Path manifest = run(1).resolve("_sigmax/manifest.json");
    Files.writeString(manifest, "{");
    Files.deleteIfExists(manifest.resolveSibling(".manifest.json.crc"));
    Program run = incremental();
    assertFails(5, "OUTPUT_EXISTS", run, "cannot be read", "Remove the folder " + run(1));
    assertFalse(run.err().contains("--replace"), run.err());
    Publications.remove(run(1));
    assertPublished(incremental());
    assertEquals(List.of(20L, 20L, 190L), counted());
  }

  @Test
  void commandsThatTakeOneRunNameTheFolders() {
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    String output = out().toString();
    for (Program refused :
        List.of(
            Program.run("report", output),
            Program.run("explain", output, "--where", "id = 1"),
            Program.run("evaluate", output, "--label", "id"),
            Program.run(
                "score",
                "--input",
                in().toString(),
                "--output",
                folder.resolve("o").toString(),
                "--task",
                "multiclass",
                "--compare-to",
                output))) {
      assertFails(3, "RUN_NOT_PUBLISHED", refused, run(1).toString());
    }
    assertPublished(Program.run("report", run(1).toString()));
    assertPublished(Program.run("explain", run(1).toString(), "--where", "id = 1"));
  }

  @Test
  void cleanRemovesAttemptsAtARun() throws IOException {
    file("a.parquet", 0, 10);
    assertPublished(incremental());
    Path left = Files.createDirectory(out().resolve(".run=00000002.sigmax-staging-0123456789ab"));
    assertPublished(incremental());
    Program cleaned = Program.run("clean", out().toString(), "--older-than", "0");
    assertPublished(cleaned);
    assertTrue(cleaned.out().contains("removed " + left), cleaned.out());
    assertEquals(List.of("run=00000001"), runs());
  }

  @Test
  void aJobFileSaysItToo() throws IOException {
    file("dt=1/a.parquet", 0, 10);
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            "input: in\noutput: out\ntask: multiclass\nincremental: true\n");
    assertPublished(Program.run("score", job.toString()));
    file("dt=2/a.parquet", 10, 10);
    assertPublished(Program.run("score", job.toString()));
    assertPublished(Program.run("verify", job.toString()));
    assertEquals(
        List.of(List.of("1", 10L), List.of("2", 10L)),
        DuckDb.rows(
            "SELECT dt, count(*) FROM '" + out() + "/run=*/*.parquet' GROUP BY dt ORDER BY dt"));
  }
}
