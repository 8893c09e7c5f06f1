package dev.sigmax.files;

import java.io.InterruptedIOException;
import java.time.Duration;

/** A wait between two looks at what others change. */
public final class Pause {
  private Pause() {}

  /**
   * Returns after that time.
   *
   * @param awaited what the thread waits for, behind "interrupted while"
   * @throws InterruptedIOException if the thread is interrupted, which it then still is
   */
  public static void of(Duration time, String awaited) throws InterruptedIOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + awaited);
    }
  }
}
