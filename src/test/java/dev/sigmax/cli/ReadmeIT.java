package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Documents;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Shell;
import java.io.File;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;

/** The commands of the documents do what they say, in their order. */
class ReadmeIT {
  private static final File DIGITS = new File("jobs/output/digits");

  @Test
  void everyCommandWorks() {
    Set<String> commands = new LinkedHashSet<>();
    for (String document : Documents.all()) {
      for (String block : Documents.blocks(document, "sh")) {
        commands.addAll(block.lines().toList());
      }
    }
    assertTrue(commands.remove("mvn verify"), "the test command, which runs this");
    assertTrue(commands.size() >= 5, () -> "commands: " + commands);
    for (String command : commands) {
      Shell.Result result = Shell.run("bash", "-c", command);
      assertEquals(0, result.code(), () -> command + ": " + result.err());
      assertFalse(result.err().contains("WARN"), () -> command + ": " + result.err());
    }
  }

  @Test
  void commandsPrintWhatTheReadmeShowsAndTheResultIsItsTable() throws Exception {
    // What an earlier run left would be "already published".
    FileUtils.deleteDirectory(DIGITS);
    List<Documents.Printed> printed = Documents.printed("README.md");
    assertEquals(2, printed.size());
    for (Documents.Printed block : printed) {
      Shell.Result result = Shell.run("bash", "-c", block.command());
      assertEquals(0, result.code(), result.err());
      assertEquals(everywhere(block.output()), everywhere(result.out()));
    }
    List<List<String>> table = Documents.table("README.md", "Quick start");
    assertEquals(
        table.subList(1, table.size()),
        DuckDb.rows(
                "SELECT "
                    + String.join(", ", table.get(0))
                    + " FROM '"
                    + DIGITS
                    + "/*.parquet' LIMIT "
                    + (table.size() - 1))
            .stream()
            .map(row -> row.stream().map(String::valueOf).toList())
            .toList());
  }

  /** What is the same on every machine and at every time. */
  private static String everywhere(String output) {
    return output
        .lines()
        .map(line -> line.replaceFirst("^( +(kernel|took)) .*", "$1"))
        .map(line -> line.replaceFirst("/\\S+/(jobs/output/)", "$1"))
        .map(line -> line.replaceAll("\\b[0-9a-f]{16}\\b", "ID"))
        .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME"))
        .collect(Collectors.joining("\n"));
  }
}
