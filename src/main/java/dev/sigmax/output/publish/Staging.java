package dev.sigmax.output.publish;

import dev.sigmax.files.BackgroundSync;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which one attempt prepares its output. No two attempts share one, so none can
 * disturb another, and what is not published is removed: at {@link #close}, or when the process is
 * interrupted. An interrupt and the publication exclude each other: who is first has the folder.
 */
public abstract sealed class Staging implements AutoCloseable permits StagingFolder, ClaimedOutput {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
  private static final String INTERRUPTED = "Interrupted: this run published nothing at {}.";
  private static final int ATTEMPT_BYTES = 6;

  /** Of the name of an attempt, in characters. */
  static final int ATTEMPT_LENGTH = 2 * ATTEMPT_BYTES;

  /** After Spark's own hook (40), which ends the tasks; before Hadoop's file systems close (10). */
  private static final int HOOK_PRIORITY = 30;

  private static final int REMOVAL_TRIES = 5;
  private static final int PUBLICATION_TRIES = 100;
  private static final long BETWEEN_TRIES_MILLIS = 200;

  private enum Stage {
    PREPARING,
    PUBLISHING,
    /** Published, or perhaps so: the folder stays. */
    PUBLISHED,
    /** Published, with all that comes behind it. */
    COMPLETED,
    ENDED,
    INTERRUPTED;

    /** Whether the folder stays. */
    boolean isKept() {
      return this == PUBLISHED || this == COMPLETED;
    }
  }

  private final FileSystem fileSystem;
  private final Path folder;
  private final String attempt;
  private final Runnable hook = this::endAtExit;
  private final Optional<BackgroundSync> sync;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.PREPARING);
  private volatile Path madeFor;
  private volatile boolean completing;

  /**
   * A folder that is there by now.
   *
   * @param sync what forces its files to disk while they are written; ended here
   */
  Staging(FileSystem fileSystem, Path folder, String attempt, Optional<BackgroundSync> sync) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.attempt = attempt;
    this.sync = sync;
  }

  /** A name for an attempt, like no other. */
  static String newAttempt() {
    byte[] random = new byte[ATTEMPT_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Sees to it that an interrupt takes the folder away, which is there by now. */
  final void watch() throws IOException {
    try {
      ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
    } catch (IllegalStateException shuttingDown) {
      LOG.warn(INTERRUPTED, place());
      remove();
      throw interrupted(shuttingDown);
    }
  }

  /** The folder. */
  public final Path folder() {
    return folder;
  }

  /** The name of this attempt. */
  final String attempt() {
    return attempt;
  }

  /**
   * Has another folder removed after this one, if it is empty then: it was made for this attempt.
   */
  final void madeFor(Path made) {
    madeFor = made;
    if (stage.get() == Stage.INTERRUPTED) {
      removeMade();
    }
  }

  /**
   * From here on an interrupt waits until the output is in its place, or is not.
   *
   * @throws InterruptedIOException if one was first, and takes the folder away
   * @throws IOException if the disk did not take one of the files; it is named
   */
  final void beginPublication() throws IOException {
    if (!stage.compareAndSet(Stage.PREPARING, Stage.PUBLISHING)) {
      throw interrupted(null);
    }
    if (sync.isPresent()) {
      sync.get().finish();
    }
  }

  /** Of several runs of a process, it tells which one it was. */
  private Path place() {
    return new Path(folder.getParent(), StagingPaths.publishedName(folder));
  }

  private InterruptedIOException interrupted(Exception cause) {
    InterruptedIOException interrupted =
        new InterruptedIOException("interrupted: nothing of " + folder + " is published");
    interrupted.initCause(cause);
    return interrupted;
  }

  /** The folder is published, or may be: it stays. */
  final void published() {
    stage.set(Stage.PUBLISHED);
  }

  /**
   * Publishes, while an interrupt also waits for what comes behind that: that the disk has it, and
   * what it replaced is gone.
   */
  final void complete(Completion completion) throws IOException {
    completing = true;
    try {
      completion.run();
      completed();
    } finally {
      completing = false;
    }
  }

  /** The publication, and what comes behind it. */
  @FunctionalInterface
  interface Completion {
    void run() throws IOException;
  }

  /** The folder is published, and nothing comes behind that. */
  final void completed() {
    stage.set(Stage.COMPLETED);
  }

  /** Whether the publication, or what belongs to it, is under way. */
  private boolean isPublishing() {
    Stage now = stage.get();
    return now == Stage.PUBLISHING || (now == Stage.PUBLISHED && completing);
  }

  /** Removes the folder, unless it is published. */
  @Override
  public final void close() {
    sync.ifPresent(BackgroundSync::stop);
    Stage last =
        stage.getAndUpdate(
            now -> now == Stage.PREPARING || now == Stage.PUBLISHING ? Stage.ENDED : now);
    if (last == Stage.INTERRUPTED) {
      return;
    }
    try {
      ShutdownHookManager.get().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The run failed because of the interrupt, before the hook came to its turn.
      if (!last.isKept()) {
        LOG.warn(INTERRUPTED, place());
      }
    }
    if (!last.isKept()) {
      remove();
    }
  }

  /** What an interrupt does. */
  final void endAtExit() {
    try {
      if (stage.compareAndSet(Stage.PREPARING, Stage.INTERRUPTED)) {
        LOG.warn(INTERRUPTED, place());
        sync.ifPresent(BackgroundSync::stop);
        removeForSure();
        return;
      }
      for (int i = 0; i < PUBLICATION_TRIES && isPublishing(); i++) {
        Thread.sleep(BETWEEN_TRIES_MILLIS);
      }
      switch (stage.get()) {
        case COMPLETED -> LOG.warn("Interrupted in the publication: it was completed.");
        case PUBLISHED ->
            LOG.warn(
                "Interrupted in the publication at {}, which was not confirmed. Run the job again: it"
                    + " says whether the run is published.",
                place());
        case PUBLISHING ->
            LOG.warn("Interrupted in the publication, which does not end. Verify the output.");
        default -> removeForSure();
      }
    } catch (IOException e) {
      LOG.warn("The abandoned attempt {} could not be removed: {}", folder, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A task that is just being ended may write once more: so look again. */
  private void removeForSure() throws IOException, InterruptedException {
    for (int i = 0; i < REMOVAL_TRIES && fileSystem.exists(folder); i++) {
      remove();
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    }
  }

  /**
   * Refuses where another process took the attempt away. An interrupt does so too, and is told
   * otherwise.
   *
   * @throws dev.sigmax.error.OutputException which says so
   */
  public final void requireThere() throws IOException {
    if (stage.get() != Stage.INTERRUPTED) {
      requireHeld();
    }
  }

  /** Refuses where the folder is not this attempt's any more. */
  abstract void requireHeld() throws IOException;

  /** Removes the folder with all in it, as far as it is this attempt's; false where it cannot. */
  abstract boolean removeFolder() throws IOException;

  private void remove() {
    try {
      if (fileSystem.exists(folder) && !removeFolder()) {
        LOG.warn("The abandoned attempt {} could not be removed.", folder);
      }
    } catch (IOException e) {
      LOG.warn("The abandoned attempt {} could not be removed: {}", folder, e.toString());
    }
    removeMade();
  }

  private void removeMade() {
    Path made = madeFor;
    if (made == null) {
      return;
    }
    try {
      EmptyFolder.remove(fileSystem, made);
    } catch (IOException e) {
      LOG.warn("The empty folder {} could not be removed: {}", made, e.toString());
    }
  }
}
