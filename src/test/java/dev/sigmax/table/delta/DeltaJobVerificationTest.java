package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code verify JOB.yaml} of jobs that publish to Delta tables, or read them. */
class DeltaJobVerificationTest extends DeltaTest {
  @BeforeEach
  void makeInput() {
    input("a.parquet", THREE_ROWS);
  }

  private String job(String input, String output, String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(input, output, "task: multiclass"));
    all.addAll(Arrays.asList(lines));
    return Files.write(folder.resolve("job.yaml"), all).toString();
  }

  private String jobToTable(String... lines) throws IOException {
    create(COLUMNS);
    return job("input: in", "output-table: " + table, lines);
  }

  private static void assertVerified(String job) {
    Program run = Program.run("verify", job);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("this job's run on its inputs as they are now"), run.out());
  }

  private Path late() {
    return input("late.parquet", THREE_ROWS.replace("(1,", "(4,").replace("(2,", "(5,"));
  }

  @Test
  void aRunOfTheJobOnItsInputsIsVerified() throws IOException {
    String job = jobToTable();
    assertSaid(6, Program.run("verify", job), "has never been in the table " + table);
    assertPublished(Program.run("score", job));
    assertVerified(job);
    assertEquals(2, history().size());
    late();
    assertSaid(6, Program.run("verify", job), "has never been in the table");
  }

  @Test
  void whatDiffersIsSaidOfTheRunOfTheSameId() throws IOException {
    String job = jobToTable("run-id: monday");
    assertPublished(Program.run("score", job));
    Path late = late();
    assertSaid(
        6, Program.run("verify", job), "Run monday is there", "the input " + late + " is new");
  }

  @Test
  void aRunWhoseRowsWereReplacedIsNotVerifiedUntilItPutsThemThereAgain() throws IOException {
    String job = jobToTable("write-mode: overwrite", "where: id < 10");
    assertPublished(Program.run("score", job));
    assertVerified(job);
    assertPublished(Program.run("score", job, "--temperature", "2"));
    assertSaid(6, Program.run("verify", job), "were deleted or overwritten since", "score again");
    assertPublished(Program.run("score", job));
    assertVerified(job);
    Path late = late();
    assertSaid(6, Program.run("verify", job), "the input " + late + " is new");
  }

  @Test
  void aRunThatWasRestoredAwayIsADifference() throws IOException {
    String job = jobToTable();
    assertPublished(Program.run("score", job));
    sql("RESTORE TABLE %s TO VERSION AS OF 0");
    assertSaid(6, Program.run("verify", job), "was rolled back", "RUN_NOT_PUBLISHED");
  }

  @Test
  void aRunWhoseCommitIsGoneFromTheLogIsVerifiedByItsFiles() throws IOException {
    String job = jobToTable();
    assertPublished(Program.run("score", job));
    cleanLog();
    assertVerified(job);
  }

  @Test
  void aTableThatIsMissingHasNoRun() throws IOException {
    String job = job("input: in", "output-table: " + table);
    assertSaid(6, Program.run("verify", job), "there is no table " + table, "RUN_NOT_PUBLISHED");
  }

  @Test
  void aFolderFromATableIsVerifiedUntilTheTableGetsMoreRows() throws IOException {
    create("id INT, logit_a FLOAT, logit_b FLOAT");
    sql("INSERT INTO %s VALUES (1, 1.5, 2), (2, 0, 0)");
    String job = job("input-table: " + table, "output: out");
    assertPublished(Program.run("score", job));
    assertVerified(job);
    sql("INSERT INTO %s VALUES (3, 1, 2)");
    assertSaid(6, Program.run("verify", job), ".parquet is new", "RUN_DIFFERS");
  }
}
