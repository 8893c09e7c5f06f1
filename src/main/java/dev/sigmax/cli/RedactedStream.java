package dev.sigmax.cli;

import dev.sigmax.error.Redaction;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What the program prints: texts go to another stream without the passwords in them, and with local
 * paths as a shell knows them.
 */
final class RedactedStream extends PrintStream {
  private static final Pattern LOCAL_PATH = Pattern.compile("\\bfile:/+");

  /** Prints to {@code out}, which stays its owner's to close. */
  RedactedStream(PrintStream out) {
    super(out, true, StandardCharsets.UTF_8);
  }

  /** What is printed as a line comes here too. */
  @Override
  public void print(String text) {
    super.print(LOCAL_PATH.matcher(Redaction.of(String.valueOf(text))).replaceAll("/"));
  }
}
