package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What commands that read runs and inputs say where those, or their own words, are broken. */
class DamagedSourcesTest extends JobTest {
  private static final String LABELLED =
      "SELECT i AS id, i % 2 AS label, (i % 5)::FLOAT AS logit_0, (i % 3)::FLOAT AS logit_1"
          + " FROM range(40) t(i)";

  private static void assertEnds(int code, Program run, String... parts) {
    assertEquals(code, run.code(), run.err());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
  }

  @Test
  void aDamagedManifestIsAFaultOfWhatIsReadAndNoDifference() throws IOException {
    input("a.parquet", LABELLED);
    assertPublished(score("multiclass"));
    Files.writeString(out().resolve("_sigmax/manifest.json"), "{\"run_id\": \"x\", ");
    Files.deleteIfExists(out().resolve("_sigmax/.manifest.json.crc"));
    for (String[] call :
        new String[][] {
          {"report", out().toString()},
          {"explain", out().toString(), "--where", "id = 1"},
          {"evaluate", out().toString(), "--label", "label"}
        }) {
      Program run = Program.run(call);
      assertEnds(3, run, "manifest.json cannot be read", "[MANIFEST_DAMAGED]");
      assertFalse(run.err().contains("REDACTED"), run.err());
    }
    assertEnds(6, Program.run("verify", out().toString()), "[MANIFEST_DAMAGED]");
  }

  @Test
  void theFileThatCannotBeReadIsNamedAndNotItsColumns() throws IOException {
    input("a.parquet", LABELLED);
    Path cut = in().resolve("b.parquet");
    byte[] whole = Files.readAllBytes(in().resolve("a.parquet"));
    Files.write(cut, Arrays.copyOf(whole, whole.length - 40));
    Files.delete(in().resolve("a.parquet"));
    String calibration = folder.resolve("c.json").toString();
    assertEnds(
        3,
        Program.run("evaluate", in().toString(), "--label", "label"),
        "cannot read the input file " + cut,
        "[FILE_UNREADABLE]");
    assertEnds(
        3,
        Program.run("calibrate", in().toString(), "--label", "label", "--write", calibration),
        "cannot read the input file " + cut,
        "[FILE_UNREADABLE]");
  }

  @Test
  void aCalibrationIsNotWrittenIntoAFolderThatIsNotThere() {
    input("a.parquet", LABELLED);
    Path folderOfIt = folder.resolve("mistyped");
    assertEnds(
        5,
        Program.run(
            "calibrate",
            in().toString(),
            "--label",
            "label",
            "--write",
            folderOfIt.resolve("c.json").toString()),
        "the folder of the file",
        "does not exist",
        "[OUTPUT_PARENT]");
    assertFalse(Files.exists(folderOfIt));
  }

  @Test
  void aConditionThatIsNoneIsToldWithTheReason() {
    input("a.parquet", LABELLED);
    assertPublished(score("multiclass"));
    assertEnds(
        2,
        Program.run("explain", out().toString(), "--where", "id = = 1"),
        "--where id = = 1 cannot be asked of the rows of",
        "PARSE_SYNTAX_ERROR");
  }
}
