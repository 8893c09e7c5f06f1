package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is shown while a run is under way. */
class ProgressLineTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void aLineTellsPhaseShareRateAndWhatIsLeft() {
    assertEquals(
        "sigmax: scoring 4000 rows, 25% done, 500 rows/s, 6 s left [5 s]",
        ProgressLine.text("scoring 4000 rows", 1000, 4000, 2 * SECOND, 5 * SECOND));
    assertEquals(
        "sigmax: reading the footers of 7 files [1 s]",
        ProgressLine.text("reading the footers of 7 files", 0, 0, SECOND, SECOND));
  }

  @Test
  void aTerminalSeesThePhaseAtOnceAndKeepsNothingOfIt() throws InterruptedException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
    ProgressLine line = new ProgressLine(err, true, "");
    Thread.sleep(500);
    line.close();
    String text = shown.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("\r\u001b[Ksigmax: starting Spark"), text);
    assertTrue(text.endsWith("\r\u001b[K"), text);
  }

  @Test
  void aLogSeesNothingOfAShortRun() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    new ProgressLine(new PrintStream(shown, true, StandardCharsets.UTF_8), false, "").close();
    assertEquals(0, shown.size());
  }
}
