package dev.sigmax.cli.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a command prints its result: remembers that it could not, which a {@code PrintStream} keeps
 * to itself. A reader that has seen enough and goes, as {@code head} does, is no failure.
 */
public final class WatchedOutput extends OutputStream {
  /** In every language that has the English words beside its own: Broken pipe. */
  private static final String READER_WENT = "pipe";

  private final OutputStream out;
  private IOException failure;

  /** Watches what is written to {@code out}, which stays its owner's to close. */
  public WatchedOutput(OutputStream out) {
    this.out = out;
  }

  /** Standard output, by way of a buffer; for one caller in a process. */
  public static WatchedOutput standard() {
    return new WatchedOutput(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  private IOException remembered(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }

  /** Why not all that was printed could be written; empty where it was, as far as it was wanted. */
  public synchronized Optional<String> failure() {
    try {
      flush();
    } catch (IOException told) {
      // It is remembered.
    }
    return Optional.ofNullable(failure)
        .map(e -> String.valueOf(e.getMessage()))
        .filter(message -> !message.toLowerCase(Locale.ROOT).contains(READER_WENT))
        .map(message -> "standard output cannot be written: " + message + ".");
  }
}
