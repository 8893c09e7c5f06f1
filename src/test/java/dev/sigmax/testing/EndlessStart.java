package dev.sigmax.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.scheduler.SparkListener;

/**
 * A listener with which Spark does not come to the end of its start, for {@code extraListeners}.
 */
public final class EndlessStart extends SparkListener {
  /** The property that names a file to make as soon as Spark starts. */
  public static final String BEGUN = "sigmax.test.begun";

  private static final long LONGER_THAN_ANY_TEST_MILLIS = 600_000;

  /** As Spark makes it. */
  public EndlessStart() {
    try {
      Files.createFile(Path.of(System.getProperty(BEGUN)));
      Thread.sleep(LONGER_THAN_ANY_TEST_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
