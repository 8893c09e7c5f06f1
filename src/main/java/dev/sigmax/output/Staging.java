package dev.sigmax.output;

import dev.sigmax.refusal.OutputRefusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hidden folder beside the output in which one attempt prepares it. No two attempts share one,
 * so none can disturb another, and what is not published is removed.
 */
public final class Staging implements AutoCloseable {
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

  private Staging(FileSystem fileSystem, Path folder, String attempt) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.attempt = attempt;
    ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
  }

  /** Makes the folder, or refuses where the output could not be written. */
  public static Staging open(Path output, Configuration configuration) throws IOException {
    FileSystem fileSystem = output.getFileSystem(configuration);
    requireParent(fileSystem, output);
    List<Path> others = Siblings.allStaging(fileSystem, output);
    if (!others.isEmpty()) {
      LOG.warn(
          "Other attempts at {} are under way or were abandoned, and are left alone: {}",
          output,
          others);
    }
    byte[] random = new byte[ATTEMPT_BYTES];
    new SecureRandom().nextBytes(random);
    String attempt = HexFormat.of().formatHex(random);
    Path folder = Siblings.staging(output, attempt);
    try {
      if (!fileSystem.mkdirs(folder)) {
        throw cannotWrite(output, null);
      }
    } catch (IOException e) {
      throw cannotWrite(output, e);
    }
    return new Staging(fileSystem, folder, attempt);
  }

  private static void requireParent(FileSystem fileSystem, Path output) throws IOException {
    FileStatus parent;
    try {
      parent = fileSystem.getFileStatus(output.getParent());
    } catch (FileNotFoundException e) {
      throw new OutputRefusal(
          "the folder "
              + output.getParent()
              + " for the output "
              + output.getName()
              + " does not exist. Check the path, or make the folder.",
          e);
    }
    if (!parent.isDirectory()) {
      throw new OutputRefusal(
          output.getParent() + ", where the output " + output.getName() + " would go, is a file.");
    }
  }

  private static OutputRefusal cannotWrite(Path output, IOException cause) {
    return new OutputRefusal(
        "cannot write into "
            + output.getParent()
            + ", where the output "
            + output.getName()
            + " would go"
            + (cause == null ? "" : ": " + cause.getMessage())
            + ". Check the permissions.",
        cause);
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** The name of this attempt, like no other. */
  String attempt() {
    return attempt;
  }

  /** Removes the folder, if it is still there. */
  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
      remove();
    }
  }

  /** A task that is just being ended may write once more: so look again. */
  private void removeAtExit() {
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
      if (fileSystem.exists(folder) && !fileSystem.delete(folder, true)) {
        LOG.warn("The abandoned attempt {} could not be removed.", folder);
      }
    } catch (IOException e) {
      LOG.warn("The abandoned attempt {} could not be removed: {}", folder, e.toString());
    }
  }
}
