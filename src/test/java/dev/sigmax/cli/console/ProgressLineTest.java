package dev.sigmax.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.progress.RowsDone;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is shown while a run is under way. */
class ProgressLineTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void aLineTellsPhaseShareRateAndWhatIsLeft() {
    assertEquals(
        "sigmax: scoring 4000 rows, 25% done, 500 rows/s, 6 s left [5 s]",
        shown(1000, OptionalLong.empty()));
    assertEquals(
        "sigmax: reading the footers of 7 files [1 s]",
        ProgressLine.text("reading the footers of 7 files", Optional.empty(), SECOND, SECOND));
  }

  @Test
  void badRowsAreInTheLineWhereTheyAreSeenAndNoneIsZero() {
    assertEquals(
        "sigmax: scoring 4000 rows, 50% done, 1,234 bad, 1,000 rows/s, 2 s left [5 s]",
        shown(2000, OptionalLong.of(1234)));
    assertEquals(
        "sigmax: scoring 4000 rows, 50% done, 0 bad, 1,000 rows/s, 2 s left [5 s]",
        shown(2000, OptionalLong.of(0)));
  }

  private static String shown(long done, OptionalLong bad) {
    RowsDone rows = new RowsDone(done, done, bad, 4000);
    return ProgressLine.text("scoring 4000 rows", Optional.of(rows), 2 * SECOND, 5 * SECOND);
  }

  @Test
  void aTerminalSeesThePhaseAtOnceAndKeepsNothingOfIt() throws InterruptedException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
    ProgressLine line = new ProgressLine(err, true, "");
    Thread.sleep(500);
    line.close();
    String text = shown.toString(StandardCharsets.UTF_8);
    // Cut at the terminal's edge, however narrow: what is wrapped could not be written over.
    assertTrue(text.contains("\r\u001b[K\u001b[?7lsigmax: starting Spark [0 s]\u001b[?7h"), text);
    assertTrue(text.endsWith("\r\u001b[K"), text);
  }

  @Test
  void aLogSeesNothingOfAShortRun() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    new ProgressLine(new PrintStream(shown, true, StandardCharsets.UTF_8), false, "").close();
    assertEquals(0, shown.size());
  }
}
