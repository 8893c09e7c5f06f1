package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Documents;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of commands and exit codes. */
class ExitCodesInDocumentsTest {
  private static final String OPERATIONS = "docs/operations.md";

  private static List<String> firstCells(String heading) {
    return Documents.table(OPERATIONS, heading).stream().skip(1).map(row -> row.get(0)).toList();
  }

  @Test
  void everyCodeIsExplained() {
    List<String> documented = firstCells("Exit codes");
    List<String> codes =
        Arrays.stream(ExitCode.values()).map(code -> Integer.toString(code.code())).toList();
    assertEquals(codes, documented.subList(0, codes.size()));
    // What Java exits with where a signal ends it: 128 and the signal's number.
    assertEquals(
        List.of((128 + 1) + ", " + (128 + 2) + ", " + (128 + 15)),
        documented.subList(8, documented.size()));
  }

  @Test
  void everyCommandIsExplained() {
    List<String> documented = firstCells("Running it");
    for (Command command :
        List.of(
            new ScoreCommand(System.err),
            new InspectCommand(),
            new VerifyCommand(),
            new ExplainCommand(),
            new EvaluateCommand(),
            new CalibrateCommand(),
            new ReportCommand(),
            new HistoryCommand(),
            new CleanCommand())) {
      String name = command.spec().name();
      assertTrue(documented.stream().anyMatch(cell -> cell.startsWith("`" + name + " ")), name);
    }
  }
}
