package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names of columns, paths and keys that are not there, and what was meant. */
class MeantNamesTest extends JobTest {
  private static final String SCORES =
      "SELECT 1 AS id, [0.5]::FLOAT[] AS emb, 1::FLOAT AS score_cat, 2::FLOAT AS score_dog";

  @Test
  void noFileCanLackAPartitionColumn() {
    input("day=1/a.parquet", THREE_ROWS);
    assertRefused(
        2,
        score("multiclass", "--allow-missing", "day"),
        "--allow-missing names the partition column day, which no file can lack",
        "Leave it out. [OPTIONS_CONFLICT]");
  }

  @Test
  void aColumnThatMayBeMissingAndDiffersInCaseIsNamed() {
    input("a.parquet", THREE_ROWS);
    assertRefused(
        3,
        score("multiclass", "--allow-missing", "ID"),
        "--allow-missing names the column ID, which no file has. Is id meant? [COLUMN_NOT_FOUND]");
    assertRefused(
        3,
        score("multiclass", "--allow-missing", "region"),
        "names the column region, which no file has. Check the name. [COLUMN_NOT_FOUND]");
  }

  @Test
  void aColumnToKeepThatIsMistypedIsNamed() {
    input("day=1/a.parquet", THREE_ROWS);
    assertRefused(3, score("multiclass", "--keep", "Id"), "no column Id to keep", "Is id meant?");
    assertRefused(3, score("multiclass", "--keep", "dya"), "Check --keep. Is day meant?");
  }

  @Test
  void theFolderThatTheInputNamesBecomesAColumnAsAGlob() {
    input("day=2026-11-21/a.parquet", THREE_ROWS);
    assertRefused(
        3,
        scoreFrom(in() + "/day=2026-11-21", "multiclass", "--keep", "id,day"),
        "there is no column day to keep",
        "The input names the folder day=2026-11-21 itself; named as day={2026-11-21}, as a glob, it"
            + " is a column. [COLUMN_NOT_FOUND]");
    assertPublished(scoreFrom(in() + "/day={2026-11-21}", "multiclass", "--keep", "id,day"));
    assertEquals("2026-11-21", outputRows("day").get(0).get(0));
  }

  @Test
  void aMistypedGlobOfLogitsNamesThePatternThatWouldMatch() {
    input("a.parquet", SCORES);
    for (String glob : new String[] {"scroe_*", "Score_*", "scores_*"}) {
      assertRefused(
          3,
          score("multiclass", "--logits", glob),
          "matches the logits' glob " + glob,
          "score_dog. Is score_* meant (--logits 'score_*')? [COLUMN_NOT_FOUND]");
    }
    assertRefused(
        3,
        score("multiclass"),
        "matches the logits' glob logit_*",
        "The logits may be: --logits 'score_*' or --logits 'emb'. [COLUMN_NOT_FOUND]");
  }

  @Test
  void aMistypedLogitInAListIsNamed() {
    input("a.parquet", SCORES);
    assertRefused(
        3,
        score("multiclass", "--logits", "score_cat,score_dgo"),
        "there is no column score_dgo",
        "Is score_dog meant?");
  }

  @Test
  void aMistypedLabelColumnIsNamed() {
    input("a.parquet", THREE_ROWS);
    assertRefused(
        3,
        Program.run("evaluate", in().toString(), "--label", "ID"),
        "there is no column ID for --label. The columns: id, logit_a, logit_b, logit_c. Is id meant?");
  }

  @Test
  void aMistypedLabelOfAThresholdIsNamed() {
    input("a.parquet", SCORES);
    assertRefused(
        2,
        score("multilabel", "--logits", "score_*", "--thresholds", "dgo=0.3"),
        "thresholds names dgo, which is no label. The labels: cat, dog. Is dog meant? [LABELS_DO");
  }

  @Test
  void ofThousandsOfColumnsTheFirstAreNamed() {
    input(
        "a.parquet",
        IntStream.range(0, 3000)
            .mapToObj(i -> i + "::FLOAT AS z" + i)
            .collect(Collectors.joining(",", "SELECT ", "")));
    Program run = score("multiclass", "--logits", "logits");
    assertRefused(3, run, "Its columns: z0, z1, z2,", ", z49 and 2,950 more. The logits may be:");
    assertFalse(run.err().contains("z50"), run.err());
  }

  @Test
  void aPathThatIsWholeIsToldOnce() {
    String nowhere = folder.resolve("nowhere/*.parquet").toString();
    assertRefused(
        3,
        scoreFrom(nowhere, "multiclass"),
        "sigmax: no file or folder matches the input " + nowhere + ". Check the path. [");
    assertRefused(
        3,
        scoreFrom("file:" + nowhere, "multiclass"),
        "no file or folder matches the input " + nowhere + ". Check the path. [");
    assertRefused(
        3,
        scoreFrom("not-there/*", "multiclass"),
        "matches the input not-there/* (" + Path.of("not-there/*").toAbsolutePath() + "). Check");
  }

  @Test
  void whatAJobFileDoesNotSayIsToldWithItsName() throws IOException {
    Path job = folder.resolve("job.yaml");
    String[][] jobs = {
      {"output: out\ntask: binary\n", "input", "--input PATH or --input-table CATALOG.DB.TABLE"},
      {"input: in\ntask: binary\n", "output", "--output PATH or --output-table CATALOG.DB.TABLE"},
      {"input: in\noutput: out\n", "task", "--task multiclass (one of many)"}
    };
    for (String[] one : jobs) {
      Files.writeString(job, one[0]);
      assertRefused(
          2,
          Program.run("score", job.toString()),
          "sigmax: no " + one[1] + " is given in " + job + ": add the key there, or take " + one[2],
          "[OPTION_MISSING]");
    }
    assertEquals(
        "sigmax: no input is given: --input PATH or --input-table CATALOG.DB.TABLE, or the same in a"
            + " job file. [OPTION_MISSING]\n",
        Program.run("score", "--task", "binary").err());
  }
}
