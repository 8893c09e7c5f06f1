package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.cli.console.WatchedOutput;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.Redaction;
import dev.sigmax.job.JobTest;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options, job files and what contradicts itself. */
class UsageTest extends JobTest {
  private Path job(String text) throws IOException {
    return Files.writeString(folder.resolve("job.yaml"), text);
  }

  private void assertJobRefused(String text, String... parts) throws IOException {
    assertRefused(2, Program.run("score", job(text).toString()), parts);
  }

  @Test
  void helpAndVersionAreNoErrors() {
    for (String command : List.of("score", "inspect", "verify", "clean")) {
      Program help = Program.run(command, "--help");
      assertEquals(0, help.code());
      assertTrue(help.out().contains("Usage: sigmax " + command), help.out());
    }
    for (String[] call :
        new String[][] {{"help"}, {"help", "score"}, {"version"}, {"version", "--help"}}) {
      assertEquals(0, Program.run(call).code(), String.join(" ", call));
    }
    assertEquals(Program.run("--version").out(), Program.run("version").out());
    assertEquals(Program.run("score", "--help").out(), Program.run("help", "score").out());
    Program version = Program.run("--version");
    assertTrue(version.out().startsWith("sigmax 0."), version.out());
    assertEquals(2, Program.run().code());
    assertEquals(2, Program.run("scroe").code());
  }

  @Test
  void everyHelpIsMeantForPeopleAndHasNothingLeftToFillIn() {
    List<String[]> calls = new ArrayList<>();
    calls.add(new String[] {"--help"});
    for (String command :
        List.of(
            "score",
            "backfill",
            "inspect",
            "verify",
            "report",
            "history",
            "clean",
            "explain",
            "evaluate",
            "calibrate",
            "version",
            "help")) {
      assertTrue(Program.run("--help").out().contains("\n  " + command + " "), command);
      calls.add(new String[] {command, "--help"});
    }
    for (String[] call : calls) {
      Program help = Program.run(call);
      String text = help.out();
      assertEquals(0, help.code(), text);
      assertEquals("", help.err());
      assertFalse(text.contains("%%") || text.contains("%n"), text);
      assertFalse(
          text.replace("${date}", "").replace("${NAME}", "").contains("${"),
          "a variable that nothing fills: " + text);
      assertTrue(text.contains("-h, --help"), text);
      boolean ofPicocli = call[0].equals("help");
      assertTrue(ofPicocli || text.contains("-V, --version"), text);
    }
    assertTrue(
        Program.run("score", "--help").out().replaceAll("\\s+", " ").contains("else 50% "),
        "one percent sign");
    assertEquals(Program.run("--help").out(), Program.run("-h").out());
    assertEquals(Program.run("version").out(), Program.run("score", "-V").out());
  }

  @Test
  void helpOfACommandThatIsNoneNamesTheNearest() {
    Program typo = Program.run("help", "scor");
    assertRefused(
        2, typo, "there is no command 'scor' [", "Did you mean: sigmax score", "[COMMAND_LINE]");
    assertFalse(typo.err().contains("\tat "), typo.err());
    assertEquals(Program.run("scor").err(), typo.err());
    assertEquals(Program.run("help", "--help").out(), Program.run("help", "help").out());
  }

  @Test
  void helpRefusesWhatItDoesNotTake() {
    assertRefused(2, Program.run("help", "score", "--x"), "Unknown option: '--x'", "sigmax help ");
    assertRefused(2, Program.run("help", "--x"), "Unknown option: '--x'", "[COMMAND_LINE]");
    assertRefused(2, Program.run("help", "score", "inspect"), "inspect", "[COMMAND_LINE]");
  }

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
  void passwordsInPathsAreNotRepeated() throws IOException {
    input("a.parquet", THREE_ROWS);
    Program run =
        Program.run(
            "score",
            "--input",
            "ftp://reader:swordfish@host.invalid/logits",
            "--output",
            out().toString(),
            "--task",
            "multiclass",
            "--verbose");
    assertTrue(run.code() != 0);
    assertFalse((run.err() + run.out()).contains("swordfish"), run.err());
    assertEquals("://(redacted)@host/a", Redaction.of("://me:secret@host/a"));
    assertEquals("://(redacted)@host/a", Redaction.of("://me:sec@ret@host/a"));
    assertEquals("s3a://(redacted)@bucket/x", Redaction.of("s3a://AKIA:sword/fish@bucket/x"));
    assertEquals(
        "https://host/a?sig=(redacted)&sv=1&token=(redacted)",
        Redaction.of("https://host/a?sig=swordfish&sv=1&token=swordfish"));
    // As java.nio has it.
    assertEquals("s3a:/(redacted)@host/a", Redaction.of("s3a:/me:secret@host/a"));
    for (String plain : List.of("abfs://container@host/a:b@c", "hdfs://host:8020/a@b")) {
      assertEquals(plain, Redaction.of(plain));
    }
  }

  @Test
  void passwordsInArgumentsThatAreNoneAreNotRepeated() {
    for (String[] arguments :
        new String[][] {
          {"score", "job.yaml", "s3a://me:swordfish@bucket/a"},
          {"score", "s3a://me:swordfish@bucket/job.yaml"},
          {"inspect", "ftp://me:swordfish@host.invalid/a"},
          {"clean", "ftp://me:swordfish@host.invalid/a"},
          {"verify", "ftp://me:swordfish@host.invalid/a"}
        }) {
      Program run = Program.run(arguments);
      assertTrue(run.code() != 0, String.join(" ", arguments));
      assertFalse((run.err() + run.out()).contains("swordfish"), run.err() + run.out());
    }
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
  void helpSpeaksOfVariablesAsTheyAreWritten() {
    for (String command : List.of("score", "verify", "backfill")) {
      String help = Program.run(command, "--help").out().replaceAll("\\s+", " ");
      assertTrue(help.contains("fills ${NAME} in the job file"), help);
      assertFalse(help.contains("null in"), help);
    }
  }

  @Test
  void aTypoInAKeyNamesTheNearestKnownOne() throws IOException {
    assertJobRefused("inptu: x\n", "unknown key inptu", "is input meant");
    assertJobRefused("on_bad_row: fail\n", "is on-bad-row meant");
  }

  @Test
  void aValueOfTheWrongTypeIsRefused() throws IOException {
    assertJobRefused("temperature: hot\ninput: a\noutput: b\ntask: binary\n", "temperature", "hot");
    assertJobRefused("temperature: [1]\n", "temperature", "a number");
    assertJobRefused("replace: maybe\n", "replace", "true or false");
    assertJobRefused("task: softmax\n", "task", "multiclass, multilabel, binary");
    assertJobRefused("input: {a: 1}\n", "input", "a list of texts");
    assertJobRefused("output:\n", "output", "a text");
  }

  @Test
  void anEmptyOrBrokenJobFileIsRefused() throws IOException {
    assertJobRefused("", "is empty");
    assertJobRefused("# nothing\n", "is empty");
    assertJobRefused("- a\n- b\n", "keys and values");
    assertJobRefused("input: [a\n", "not YAML", "line 2");
    assertJobRefused("task: binary\ninput: a\ninput: b\n", "input stands twice", "line 3");
    assertJobRefused("task: binary\n---\ntask: binary\n", "more than one YAML document");
    assertRefused(2, Program.run("score", path("nowhere.yaml")), "no job file");
  }

  @Test
  void aJobFileNamesPathsFromItsOwnFolderAndAnOptionWins() throws IOException {
    input("a.parquet", THREE_ROWS);
    job(
        """
        input: [in/a.parquet]
        output: out
        task: multiclass
        logits: [logit_a, logit_b]
        keep: [id]
        on-bad-row: null
        temperature: 3
        """);
    assertPublished(Program.run("score", path("job.yaml"), "--temperature", "0.5"));
    assertEquals(0.5, manifest().at("/job/temperature").asDouble());
    assertEquals("null", manifest().at("/job/on-bad-row").asText());
    assertEquals(
        1 / (1 + Math.exp(1)),
        ((Float) DuckDb.value("SELECT prob_a FROM " + output() + " WHERE id = 1")).doubleValue(),
        1e-7);
  }

  @Test
  void textsOfAJobFileAreTakenAsTheyAreWritten() throws IOException {
    input("a.parquet", THREE_ROWS);
    job("input: in\noutput: out\ntask: multiclass\nlabels: [yes, 007, 1.10]\nrun-id: 010\n");
    assertPublished(Program.run("score", path("job.yaml")));
    assertEquals("[\"yes\",\"007\",\"1.10\"]", manifest().at("/job/labels").toString());
    assertEquals("010", manifest().get("run_id").asText());
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
          DuckDb.value("SELECT DISTINCT compression FROM parquet_metadata(" + output() + ")"));
    }
  }

  @Test
  void aJobFileInAnotherEncodingIsRefused() throws IOException {
    Path job = folder.resolve("job.yaml");
    Files.write(job, new byte[] {'t', 'a', 's', 'k', ':', ' ', (byte) 0xe4});
    assertRefused(2, Program.run("score", job.toString()), "job.yaml", "UTF-8");
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
