package dev.sigmax.cli.console;

import dev.sigmax.error.Redaction;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What the program prints: texts go to another stream without the passwords in them, and with local
 * paths as a shell knows them.
 */
public final class RedactedStream extends PrintStream {
  private boolean logged;

  /** Prints to {@code out}, which stays its owner's to close. */
  public RedactedStream(OutputStream out) {
    super(out, true, StandardCharsets.UTF_8);
  }

  /** From now on each line goes to the log instead, as one on how far a run is. */
  public void logLines() {
    logged = true;
  }

  @Override
  public void println(String line) {
    if (logged) {
      JsonLog.PROGRESS.info(line.replaceFirst("^sigmax: ", ""));
    } else {
      super.println(line);
    }
  }

  /** What is printed as a line comes here too. */
  @Override
  public void print(String text) {
    super.print(Redaction.forPeople(String.valueOf(text)));
  }
}
