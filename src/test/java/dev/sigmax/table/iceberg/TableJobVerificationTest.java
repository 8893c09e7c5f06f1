package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code verify JOB.yaml} of jobs that publish to tables, or read them. */
class TableJobVerificationTest extends TableTest {
  private static final String[] OVERWRITE = {"write-mode: overwrite", "where: id < 10"};

  @BeforeEach
  void makeTable() {
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
  }

  private String job(String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of("input: in", "output-table: " + table));
    return jobFile(all, lines);
  }

  private String jobFile(List<String> first, String... lines) throws IOException {
    List<String> all = new ArrayList<>(first);
    all.add("task: multiclass");
    all.addAll(Arrays.asList(lines));
    return Files.write(folder.resolve("job.yaml"), all).toString();
  }

  private static void assertVerified(String job) {
    Program run = Program.run("verify", job);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("this job's run on its inputs as they are now"), run.out());
  }

  private static void assertDiffers(Program run, String... parts) {
    assertEquals(6, run.code(), run.err() + run.out());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
  }

  private Path late() {
    return input("late.parquet", THREE_ROWS.replace("(1,", "(4,").replace("(2,", "(5,"));
  }

  @Test
  void aRunOfTheJobOnItsInputsIsVerified() throws IOException {
    String job = job();
    assertDiffers(Program.run("verify", job), "has never been in the table " + table);
    assertEquals(0, snapshots());
    assertPublished(Program.run("score", job));
    Program run = Program.run("verify", job);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("in the table " + table + " since"), run.out());
    assertVerified(job);
    assertEquals(1, snapshots());
  }

  @Test
  void aTableThatIsMissingHasNoRun() throws IOException {
    String job = job();
    spark().sql("DROP TABLE " + table);
    assertDiffers(Program.run("verify", job), "there is no table " + table, "RUN_NOT_PUBLISHED");
  }

  @Test
  void aLateFileIsADifferenceAndSoIsAnotherId() throws IOException {
    String nameless = job();
    assertPublished(Program.run("score", nameless));
    Path late = late();
    assertDiffers(Program.run("verify", nameless), "has never been in the table");
    assertPublished(Program.run("score", nameless, "--run-id", "monday"));
    assertVerified(nameless);
    assertDiffers(
        Program.run("verify", nameless, "--run-id", "tuesday"),
        "as monday, and the job asks for tuesday");
    Files.delete(late);
    assertDiffers(
        Program.run("verify", nameless, "--run-id", "monday"), "and the job asks for monday");
  }

  @Test
  void whatDiffersIsSaidOfTheRunOfTheSameId() throws IOException {
    String job = job("run-id: monday");
    assertPublished(Program.run("score", job));
    assertVerified(job);
    assertDiffers(
        Program.run("verify", job, "--temperature", "2"),
        "Run monday is there since",
        "temperature was 1.0 and is 2.0 now",
        "Take those rows out of the table");
    Path late = late();
    assertDiffers(Program.run("verify", job), "the input " + late + " is new", "RUN_DIFFERS");
    assertEquals(5, Program.run("score", job).code());
  }

  @Test
  void whatDiffersIsSaidOfTheLastRunOnTheSameRows() throws IOException {
    String job = job(OVERWRITE);
    assertPublished(Program.run("score", job));
    assertVerified(job);
    Path late = late();
    assertDiffers(
        Program.run("verify", job), "the input " + late + " is new", "Run score again: it puts");
    assertPublished(Program.run("score", job));
    assertVerified(job);
    assertEquals(6, rows().size());
  }

  @Test
  void aRunWhoseRowsWereReplacedIsNotVerifiedUntilItPutsThemThereAgain() throws IOException {
    String job = job(OVERWRITE);
    assertPublished(Program.run("score", job));
    assertPublished(Program.run("score", job, "--temperature", "2"));
    assertDiffers(Program.run("verify", job), "were deleted or overwritten since", "score again");
    assertPublished(Program.run("score", job));
    assertVerified(job);
    assertDiffers(Program.run("verify", job, "--temperature", "2"), "overwritten since");
  }

  @Test
  void rowsOfOthersMayBeReplaced() throws IOException {
    String job = job(OVERWRITE);
    assertPublished(Program.run("score", job));
    spark().sql("INSERT INTO " + table + " VALUES (12, 1, 0, 0, 1, null)");
    spark().sql("DELETE FROM " + table + " WHERE id = 12");
    assertVerified(job);
  }

  @Test
  void rowsOfARunThatWereDeletedAreADifference() throws IOException {
    String job = job();
    assertPublished(Program.run("score", job));
    spark().sql("DELETE FROM " + table + " WHERE id = 1");
    assertDiffers(Program.run("verify", job), "deleted or overwritten since", "RUN_DIFFERS");
  }

  @Test
  void aRunThatWasRolledBackIsADifference() throws IOException {
    spark().sql("INSERT INTO " + table + " VALUES (12, 1, 0, 0, 1, null)");
    long before = iceberg().currentSnapshot().snapshotId();
    String job = job();
    assertPublished(Program.run("score", job));
    iceberg().manageSnapshots().rollbackTo(before).commit();
    assertDiffers(Program.run("verify", job), "was rolled back", "RUN_NOT_PUBLISHED");
  }

  @Test
  void aRunIsKnownByItsFilesWhereItsSnapshotHasExpired() throws IOException {
    String job = job();
    assertPublished(Program.run("score", job));
    spark().sql("INSERT INTO " + table + " VALUES (12, 1, 0, 0, 1, null)");
    iceberg()
        .expireSnapshots()
        .expireOlderThan(System.currentTimeMillis() + 1000)
        .retainLast(1)
        .commit();
    assertVerified(job);
    late();
    assertDiffers(Program.run("verify", job), "cannot be told", "RUN_EXPIRED");
  }

  @Test
  void aFileOfTheRunThatWasChangedIsFound() throws IOException {
    String job = job();
    assertPublished(Program.run("score", job));
    Path part;
    try (Stream<Path> files = Files.walk(folder.resolve("warehouse/db/scores/data"))) {
      part =
          files
              .filter(file -> file.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    assertDiffers(Program.run("verify", job), "OUTPUT_DAMAGED", part.getFileName().toString());
  }

  @Test
  void inputsThatAreGoneAreADifference() throws IOException {
    String job = job();
    assertPublished(Program.run("score", job));
    Files.delete(in().resolve("a.parquet"));
    Files.delete(in());
    assertDiffers(Program.run("verify", job), "can be the job's run", "RUN_DIFFERS");
  }

  private String jobFromTable(String destination) throws IOException {
    String logits = catalog + ".db.logits";
    spark()
        .sql(
            "CREATE TABLE "
                + logits
                + " (id INT, logit_a FLOAT, logit_b FLOAT, logit_c FLOAT) USING iceberg");
    spark().sql("INSERT INTO " + logits + " VALUES (1, 1.5, 2, -1), (2, 0, 0, 0)");
    return jobFile(List.of("input-table: " + logits, destination));
  }

  @Test
  void aFolderFromATableIsVerifiedUntilTheTableGetsMoreRows() throws IOException {
    String job = jobFromTable("output: out");
    assertPublished(Program.run("score", job));
    assertVerified(job);
    spark().sql("INSERT INTO " + catalog + ".db.logits VALUES (3, 1, 2, 3)");
    assertDiffers(Program.run("verify", job), ".parquet is new", "RUN_DIFFERS");
  }

  @Test
  void columnsThatWereRenamedAreADifference() throws IOException {
    String job = jobFromTable("output: out");
    String rename = "ALTER TABLE " + catalog + ".db.logits RENAME COLUMN ";
    assertPublished(Program.run("score", job));
    spark().sql(rename + "id TO number");
    assertDiffers(Program.run("verify", job), "by name, and are by field id now");
    assertPublished(Program.run("score", job, "--replace"));
    assertVerified(job);
    spark().sql(rename + "logit_a TO logit_z");
    assertDiffers(
        Program.run("verify", job),
        "the input table's column logit_a FLOAT (field id 2) is not there now",
        "the input table's column logit_z FLOAT (field id 2) was not there then");
    Program again = Program.run("score", job);
    assertEquals(5, again.code(), again.out());
    assertTrue(again.err().contains("logit_z FLOAT (field id 2) was not there then"), again.err());
  }

  @Test
  void aTableThatIsGoneIsADifferenceToWhatWasReadOfIt() throws IOException {
    String job = jobFromTable("output: out");
    assertPublished(Program.run("score", job));
    spark().sql("DROP TABLE " + catalog + ".db.logits");
    assertDiffers(Program.run("verify", job), "there is no table", "RUN_DIFFERS");
  }

  @Test
  void aTableFromATableIsVerified() throws IOException {
    String job = jobFromTable("output-table: " + table);
    assertPublished(Program.run("score", job));
    assertVerified(job);
    spark().sql("INSERT INTO " + catalog + ".db.logits VALUES (3, 1, 2, 3)");
    assertDiffers(Program.run("verify", job), "has never been in the table");
  }
}
