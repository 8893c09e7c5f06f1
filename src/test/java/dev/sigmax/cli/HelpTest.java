package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.JobTest;
import dev.sigmax.testing.Program;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code --help}, {@code help} and {@code --version} say. */
class HelpTest extends JobTest {
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
  void helpSpeaksOfVariablesAsTheyAreWritten() {
    for (String command : List.of("score", "verify", "backfill")) {
      String help = Program.run(command, "--help").out().replaceAll("\\s+", " ");
      assertTrue(help.contains("fills ${NAME} in the job file"), help);
      assertFalse(help.contains("null in"), help);
    }
  }

  @Test
  void linesOfAHelpThatGoesToNoTerminalHaveAtMostEightyLetters() {
    assertEquals(80, HelpWidth.here());
    for (String command : List.of("score", "evaluate", "verify", "backfill", "inspect")) {
      Program.run(command, "--help")
          .out()
          .lines()
          .filter(line -> !line.startsWith("  sigmax "))
          .forEach(line -> assertTrue(line.length() <= 80, line));
    }
  }

  @Test
  void theListOfCommandsTellsOfBothThatExplainTakes() {
    String help = Program.run("--help").out().replaceAll("\\s+", " ");
    assertTrue(
        help.contains(
            "explain Shows what sigmoid and softmax make of scores that are typed, or of scored"
                + " rows. evaluate "),
        help);
  }
}
