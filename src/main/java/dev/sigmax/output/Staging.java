package dev.sigmax.output;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which one attempt prepares its output. No two attempts share one, so none can
 * disturb another, and what is not published is removed.
 */
public abstract sealed class Staging implements AutoCloseable permits StagingFolder, ClaimedOutput {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
  private static final int ATTEMPT_BYTES = 6;

  /** After Spark's own hook (40), which ends the tasks; before Hadoop's file systems close (10). */
  private static final int HOOK_PRIORITY = 30;

  private static final int REMOVAL_TRIES = 5;
  private static final long BETWEEN_TRIES_MILLIS = 200;

  private final FileSystem fileSystem;
  private final Path folder;
  private final String attempt;
  private final Runnable hook = this::removeAtExit;
  private volatile boolean kept;

  Staging(FileSystem fileSystem, Path folder, String attempt) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.attempt = attempt;
    ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
  }

  /** A name for an attempt, like no other. */
  static String newAttempt() {
    byte[] random = new byte[ATTEMPT_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** The folder. */
  public final Path folder() {
    return folder;
  }

  /** The name of this attempt. */
  final String attempt() {
    return attempt;
  }

  /** From here on the folder is, or may be, published where it is: it stays. */
  final void keep() {
    kept = true;
  }

  /** It turned out that the folder is not published. */
  final void release() {
    kept = false;
  }

  /** Removes the folder, if it is still there. */
  @Override
  public final void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
      remove();
    }
  }

  /** A task that is just being ended may write once more: so look again. */
  private void removeAtExit() {
    if (kept) {
      return;
    }
    LOG.warn("Interrupted: nothing is published.");
    try {
      for (int i = 0; i < REMOVAL_TRIES && fileSystem.exists(folder); i++) {
        remove();
        Thread.sleep(BETWEEN_TRIES_MILLIS);
      }
    } catch (IOException e) {
      LOG.warn("The abandoned attempt {} could not be removed: {}", folder, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void remove() {
    try {
      if (!kept && fileSystem.exists(folder) && !fileSystem.delete(folder, true)) {
        LOG.warn("The abandoned attempt {} could not be removed.", folder);
      }
    } catch (IOException e) {
      LOG.warn("The abandoned attempt {} could not be removed: {}", folder, e.toString());
    }
  }
}
