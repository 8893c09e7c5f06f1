package dev.sigmax.cli;

import dev.sigmax.refusal.Redaction;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the program prints: texts go to another stream without the passwords in them. */
final class RedactedStream extends PrintStream {
  /** Prints to {@code out}, which stays its owner's to close. */
  RedactedStream(PrintStream out) {
    super(out, true, StandardCharsets.UTF_8);
  }

  /** What is printed as a line comes here too. */
  @Override
  public void print(String text) {
    super.print(Redaction.of(String.valueOf(text)));
  }
}
