package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Documents;
import dev.sigmax.testing.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on evaluation shows what the commands print. */
class EvaluationDocumentTest {
  private static final String PAGE = "docs/evaluation.md";
  private static final String COMMAND = "scripts/sigmax ";

  private static Program run(String command) {
    assertTrue(command.startsWith(COMMAND), command);
    return Program.run(command.substring(COMMAND.length()).split(" ", -1));
  }

  @Test
  void whatACommandPrintsIsShownAsItIs() {
    List<Documents.Printed> printed = Documents.printed(PAGE);
    assertTrue(!printed.isEmpty());
    for (Documents.Printed block : printed) {
      Program run = run(block.command());
      assertEquals(0, run.code(), run.err());
      assertEquals(block.output(), run.out());
    }
  }

  @Test
  void theMeasuresOfTheDigitsAreShownAsTheyAre() {
    Program run = run("scripts/sigmax evaluate jobs/data/digits.parquet --label digit");
    String shown =
        Documents.blocks(PAGE, "text").stream()
            .filter(block -> block.startsWith("  loss "))
            .findFirst()
            .orElseThrow();
    assertTrue(run.out().contains(shown), run.out());
  }

  @Test
  void theCalibrationOfTheDigitsIsShownAsItIs(@TempDir Path folder) {
    Program run =
        run(
            COMMAND
                + "calibrate jobs/data/digits.parquet --label digit --write "
                + folder.resolve("digits.json"));
    String shown =
        Documents.blocks(PAGE, "text").stream()
            .filter(block -> block.startsWith("  temperature "))
            .findFirst()
            .orElseThrow();
    assertTrue(run.out().contains(shown), run.out());
  }

  @Test
  void everyMeasureOfTheTableIsInTheJson() {
    String json = run(COMMAND + "evaluate jobs/data/digits.parquet --label digit --json").out();
    for (List<String> row : Documents.table(PAGE, "What is measured").subList(1, 10)) {
      String name = row.get(0).replace("`", "");
      assertTrue(json.contains("\"" + name + "\" : "), name);
    }
  }
}
