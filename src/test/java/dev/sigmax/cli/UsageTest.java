package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.cli.console.WatchedOutput;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.job.JobTest;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options, what contradicts itself, and what is missing. */
class UsageTest extends JobTest {
  @Test
  void aSummaryNamesEngineColumnsAndQuarantineAndLocalPathsAsAShellDoes() {
    input(
        "a.parquet",
        "SELECT i AS id, 1::FLOAT AS logit_a, IF(i = 0, 'nan'::FLOAT, 1) AS logit_b FROM range(9)"
            + " t(i)");
    String told = score("multiclass", "--on-bad-row", "quarantine").out();
    assertTrue(told.contains("engine      row, "), told);
    assertTrue(told.contains("columns     id kept; 2 probabilities"), told);
    assertTrue(told.contains("output      " + out() + "\n"), told);
    assertTrue(told.contains("quarantine  1 row in " + out() + "/_quarantine\n"), told);
  }

  @Test
  void aCrashOfWhatPublishesNothingSaysNothingOfPublication() {
    Commands commands = new Commands(new WatchedOutput(System.out), System.err);
    assertEquals(7, ExitCode.of(new ExternalException(ErrorName.OUTAGE, "x")).code());
    assertEquals("Nothing was published by this run.", new ScoreCommand(System.err).state());
    assertEquals("", new VerifyCommand().state());
    assertEquals(2, commands.run(new String[] {"verify"}));
  }

  @Test
  void anOutputThatCouldBeSeenInPartsIsRefusedBeforeAnyWork() {
    assertRefused(
        2,
        Program.run(
            "score", "--input", "none", "--output", "gs://bucket/out", "--task", "multiclass"),
        "gs://bucket/out",
        "rename a folder in one step");
  }

  @Test
  void verifyByRunIdAnswersFromTheManifestAlone() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertEquals(
        6,
        Program.run("verify", out().toString(), "--run-id", "monday").code(),
        "nothing is there");
    assertPublished(score("multiclass", "--run-id", "monday"));
    Program right = Program.run("verify", out().toString(), "--run-id", "monday");
    assertEquals(0, right.code(), right.err());
    assertTrue(right.out().startsWith("run monday was published at "), right.out());
    Program wrong = Program.run("verify", out().toString(), "--run-id", "tuesday");
    assertEquals(6, wrong.code());
    assertTrue(wrong.err().contains("run monday is, since"), wrong.err());
    Files.writeString(out().resolve("_sigmax/manifest.json"), "{");
    assertEquals(6, Program.run("verify", out().toString(), "--run-id", "monday").code());
  }

  @Test
  void cleanRemovesAbandonedAttemptsAndNothingElse() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    Path abandoned =
        Files.createDirectories(folder.resolve(".out.sigmax-staging-0123456789ab/_temporary"));
    Path others = Files.createDirectories(folder.resolve(".other.sigmax-staging-0123456789ab"));
    Program young = Program.run("clean", out().toString());
    assertEquals(0, young.code(), young.err());
    assertTrue(young.out().startsWith("left "), young.out());
    assertTrue(Files.exists(abandoned));
    Program old = Program.run("clean", out().toString(), "--older-than", "0");
    assertEquals(0, old.code(), old.err());
    assertTrue(old.out().startsWith("removed "), old.out());
    assertFalse(Files.exists(abandoned.getParent()));
    assertTrue(Files.exists(others));
    assertEquals(0, Program.run("verify", out().toString()).code());
    assertEquals("nothing to remove\n", Program.run("clean", out().toString()).out());
    assertEquals(2, Program.run("clean", out().toString(), "--older-than", "-1").code());
  }

  @Test
  void anUnknownOptionIsAnErrorThatNamesTheNearest() {
    input("a.parquet", THREE_ROWS);
    assertRefused(2, score("multiclass", "--temprature", "2"), "--temprature", "--temperature");
  }

  @Test
  void anUnknownOptionBehindPathsIsNoPath() {
    input("a.parquet", THREE_ROWS);
    Program mistyped =
        Program.run(
            "score",
            "--input",
            in().toString(),
            "--temprature",
            "2",
            "--task",
            "multiclass",
            "--output",
            out().toString());
    assertRefused(2, mistyped, "Unknown option: '--temprature'", "--temperature");
  }

  @Test
  void whatIsMissingIsSaid() {
    assertRefused(2, Program.run("score"), "no task");
    assertRefused(2, Program.run("score", "--task", "binary"), "no input");
    assertRefused(2, Program.run("score", "--task", "binary", "--input", "x"), "no output");
  }

  @Test
  void anOutputWithAColonInItsNameIsRefused() {
    input("a.parquet", THREE_ROWS);
    Program run =
        Program.run(
            "score", "--input", in().toString(), "--output", path("a:b"), "--task", "multiclass");
    assertRefused(2, run, "colon");
  }

  @Test
  void contradictionsAreRefusedInThePersonsTerms() {
    input("a.parquet", THREE_ROWS);
    assertRefused(2, score("softmax"), "multiclass");
    assertRefused(2, score("multilabel", "--sum-tolerance", "1e-6"), "need not sum to 1");
    assertRefused(2, score("binary"), "one logit column", "logit_b");
    assertRefused(2, score("binary", "--classes", "2"), "one logit");
    assertRefused(2, score("multiclass", "--logits", "logit_a"), "at least two");
    assertRefused(2, score("multiclass", "--classes", "1"), "at least two");
    assertRefused(2, score("multiclass", "--classes", "4"), "there are 3 logit columns");
    assertRefused(2, score("multiclass", "--labels", "x,y"), "2 labels for 3 logits");
    assertRefused(2, score("multiclass", "--labels", "x,y,x"), "same label");
    assertRefused(2, score("multiclass", "--labels", "x,y,X"), "differ at most in case");
    for (String temperature : List.of("0", "-1", "NaN", "Infinity", "warm")) {
      assertRefused(2, score("multiclass", "--temperature=" + temperature), "temperature");
    }
    assertRefused(2, score("multiclass", "--max-bad-rows", "many"), "max-bad-rows");
    assertRefused(2, score("multiclass", "--max-bad-rows", "101%"), "max-bad-rows");
    assertRefused(2, score("multiclass", "--run-id", "../x"), "run id");
    assertRefused(2, score("multiclass", "--run-id", "_x"), "run id");
    assertRefused(2, score("multiclass", "--codec", "lzo"), "snappy, zstd, none");
    assertRefused(2, score("multiclass", "--logits", "logit_*_*"), "more than one *");
  }

  @Test
  void aBinaryTaskOnArraysOfSeveralLogitsIsRefused() {
    input("a.parquet", "SELECT [1, 2, 3]::FLOAT[] AS logits");
    assertRefused(2, score("binary", "--logits", "logits"), "one logit column", "logits");
    assertRefused(
        2, score("multiclass", "--logits", "logits", "--classes", "2000000000"), "do not fit");
  }

  @Test
  void aKeptColumnWithANameThatTheOutputNeedsIsRefused() {
    input(
        "a.parquet", "SELECT 1 AS row_sum, 2 AS Prob_a, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertRefused(2, score("multiclass", "--keep", "row_sum"), "row_sum", "--keep");
    assertRefused(2, score("multiclass", "--keep", "Prob_a"), "Prob_a", "prob_a");
    assertPublished(score("multiclass", "--keep", ""));
  }

  @Test
  void everyCodecIsWhatTheOutputHas() {
    input("a.parquet", THREE_ROWS);
    for (String[] codec :
        new String[][] {{"snappy", "SNAPPY"}, {"zstd", "ZSTD"}, {"none", "UNCOMPRESSED"}}) {
      assertPublished(score("multiclass", "--codec", codec[0], "--replace"));
      assertEquals(
          codec[1],
          // Probabilities that hardly shrink are left as they are.
          DuckDb.value(
              "SELECT DISTINCT compression FROM parquet_metadata("
                  + output()
                  + ") WHERE path_in_schema = 'id'"));
    }
  }

  @Test
  void whatIsNoPathOrNoNumberIsRefused() {
    input("a.parquet", THREE_ROWS);
    for (String output : List.of("a:b/c", ":::", "file:p/rel")) {
      Program run =
          Program.run(
              "score", "--input", in().toString(), "--output", output, "--task", "multiclass");
      assertRefused(2, run, output);
    }
    assertRefused(2, score("multiclass", "--max-bad-rows", "1e-999999999%"), "max-bad-rows");
    for (String temperature : List.of("0", "-1", "NaN", "Infinity", "1e-310", "1e301")) {
      assertRefused(2, score("multiclass", "--temperature", temperature), "temperature");
    }
  }

  @Test
  void aColumnThatBeginsWithAnAtIsNoFileOfArguments() throws IOException {
    input("a.parquet", "SELECT [1::FLOAT, 2::FLOAT] AS \"@README.md\"");
    assertPublished(score("multiclass", "--logits", "@README.md"));
  }
}
