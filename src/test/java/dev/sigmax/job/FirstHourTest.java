package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people do in their first hour, and what they are told. */
class FirstHourTest extends JobTest {
  private static final String WITH_LABEL =
      "SELECT i AS id, sin(i)::FLOAT AS logit_a, cos(i)::FLOAT AS logit_b, i % 2 AS logit_label"
          + " FROM range(9) t(i)";

  @Test
  void wholeNumbersThatAGlobChoosesBesideFloatsAreToldUnlessTheyAreNamed() {
    input("a.parquet", WITH_LABEL);
    Program run = score("multiclass");
    assertPublished(run);
    String told = "the glob logit_* chooses floats and also logit_label (bigint)";
    assertTrue(manifest().at("/warnings").toString().contains(told), run.err());
    assertTrue(manifest().at("/warnings").toString().contains("name the logits one by one"));

    assertPublished(
        score(
            "multiclass",
            "--logits",
            "logit_a,logit_b,logit_label",
            "--temperature",
            "2",
            "--replace"));
    assertEquals("[]", manifest().at("/warnings").toString());
  }

  @Test
  void logitsThatAreAllWholeNumbersNeedNoWarning() {
    input("a.parquet", "SELECT i AS logit_a, 2 * i AS logit_b FROM range(3) t(i)");
    assertPublished(score("multiclass"));
    assertEquals("[]", manifest().at("/warnings").toString());
  }

  @Test
  void logitsThatAreTextsAreRefusedWithWhatToDo() {
    input("a.parquet", "SELECT '1.5' AS logit_a, '2' AS logit_b");
    assertRefused(
        3, score("multiclass"), "logit_a is string", "Write it as numbers, or name other columns");
  }

  @Test
  void logitsWithOtherNamesAreToBeNamed() {
    input("a.parquet", "SELECT 1.5::FLOAT AS a, 2::FLOAT AS b");
    assertRefused(3, score("multiclass"), "Its columns: a, b. Name the logits with --logits.");
  }

  @Test
  void aTildeThatNoShellReadIsExplained() throws IOException {
    String hint = "A ~ is the home folder only where a shell reads it";
    assertRefused(3, scoreFrom("~/logits.parquet", "multiclass"), hint);
    input("a.parquet", THREE_ROWS);
    String in = in().toString();
    assertRefused(
        5, Program.run("score", "--input", in, "--output", "~/out", "--task", "multiclass"), hint);
    assertRefused(5, Program.run("evaluate", in, "--label", "id", "--html", "~/page.html"), hint);
    Path job =
        Files.writeString(folder.resolve("job.yaml"), "input: ~/a\noutput: b\ntask: binary\n");
    assertRefused(3, Program.run("score", job.toString()), hint);
  }

  private Program scoreJob(String text) throws IOException {
    return Program.run("score", Files.writeString(folder.resolve("job.yaml"), text).toString());
  }

  @Test
  void whatIsNoYamlIsToldInALineWithItsPlace() throws IOException {
    String job = folder.resolve("job.yaml").toString();
    Program tab = scoreJob("input: a\n\toutput: b\n");
    assertRefused(2, tab, "the job file " + job + ", line 2, is not YAML", "TAB", "[JOB_FILE]");
    Program glob = scoreJob("input: a\nlogits: *\n");
    assertRefused(2, glob, job + ", line 2, is not YAML", "begins with * goes in quotes");
    Program alias = scoreJob("input: a\nlogits: *_z\n");
    assertRefused(2, alias, job + ", line 2, is not YAML", "begins with * goes in quotes");
    Program open = scoreJob("input: \"a\n");
    assertRefused(2, open, "is not YAML: while scanning a quoted scalar, found unexpected end");
    for (Program run : List.of(tab, glob, alias, open)) {
      assertEquals(1, run.err().lines().count(), run.err());
    }
  }

  @Test
  void dataInThePlaceOfAJobFileIsToBeNamedAsInput() {
    Path data = input("a.parquet", THREE_ROWS);
    String told = "A job file is YAML; data is named with --input. [JOB_FILE]";
    assertRefused(2, Program.run("score", data.toString()), "not text in UTF-8", told);
    assertRefused(2, Program.run("score", in().toString()), "Is a directory", told);
  }

  @Test
  void aPageThatCannotBeWrittenIsRefusedBeforeAnyWork() {
    Program run = Program.run("evaluate", "not-there", "--label", "y", "--html", "no/such/p.html");
    assertRefused(5, run, "there is no folder", "no/such", "Make it first", "[OUTPUT_PARENT]");
  }

  @Test
  void anInputWithoutRowsIsToldAsThat() {
    input("a.parquet", "SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b, 'a' AS y WHERE 1 = 0");
    assertRefused(
        3,
        Program.run("evaluate", in().toString(), "--label", "y"),
        "there is no row to evaluate in "
            + in()
            + ": the files there have no rows. Check the path.",
        "[NOTHING_TO_EVALUATE]");
    assertRefused(
        3,
        Program.run("calibrate", in().toString(), "--label", "y", "--write", path("c.json")),
        "there is no row to fit a calibration to in "
            + in()
            + ": the files there have no rows. Check the path.");
  }

  @Test
  void oneOfAThingIsToldAsOne() {
    input("a.parquet", "SELECT 1 AS id, [1.5]::FLOAT[] AS logits, 'x' AS y");
    assertRefused(
        2,
        score("multilabel", "--logits", "logits", "--labels", "a,b", "--classes", "1"),
        "2 labels for 1 logit a row");
    assertRefused(
        4,
        score("multiclass", "--logits", "logits", "--classes", "2"),
        "Each of these rows has 1 logit, and the job has 2 classes",
        "length (1 logit, not 2)");
    Program inspected = Program.run("inspect", in().toString());
    assertTrue(inspected.out().contains("from footers and 1 of 1 row. Read"), inspected.out());

    input("a.parquet", "SELECT 'nan'::FLOAT AS logit_a, 1::FLOAT AS logit_b, NULL::INT AS y");
    Program wrong = Program.run("inspect", in().toString());
    assertTrue(wrong.out().contains("logit_* holds 1 NaN in 1 sampled row:"), wrong.out());
    assertTrue(wrong.out().contains("1 of 1 sampled row is bad"), wrong.out());
    assertRefused(
        3,
        Program.run("evaluate", in().toString(), "--label", "y"),
        "there is no row to evaluate in " + in(),
        ": of 1 row, 0 have a label in y. Name the column with the truth by --label.");
    input("a.parquet", "SELECT 'nan'::FLOAT AS logit_a, 1::FLOAT AS logit_b, 'a' AS y");
    assertRefused(
        3,
        Program.run("evaluate", in().toString(), "--label", "y"),
        ": of 1 row, 1 has a label in y, and that one has no probabilities. Mend the logits.");
    assertRefused(
        3,
        Program.run("calibrate", in().toString(), "--label", "y", "--write", path("c.json")),
        "there is no row to fit a calibration to in " + in(),
        "and that one has a logit that is missing or not finite. Mend the logits.");
  }
}
