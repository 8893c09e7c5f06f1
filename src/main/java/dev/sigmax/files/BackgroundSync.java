package dev.sigmax.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Forces the files below a folder of a local disk while they are being written, so that the disk
 * works beside the processor and {@link DiskSync#forceAll} finds little left to do. It replaces no
 * such call: which of the files it came to is not told.
 *
 * <p>The system reports a failed write once, to whoever forces the file first. That may be this
 * thread, so it keeps the failure, and {@link #finish} throws it.
 */
public final class BackgroundSync {
  private static final long REST_MILLIS = 250;

  /** The state of a file when it was last forced. */
  private record Seen(long bytes, FileTime modified) {}

  /** Forces one file to the disk. */
  interface Force {
    void force(Path file) throws IOException;
  }

  private final Path folder;
  private final Force force;
  private final Thread thread;
  private final Map<Path, Seen> forced = new HashMap<>();
  private boolean stopped;
  private volatile IOException failure;

  private BackgroundSync(Path folder, Force force) {
    this.folder = folder;
    this.force = force;
    this.thread = new Thread(this::run, "sigmax-sync");
    thread.setDaemon(true);
  }

  /** Begins to force what is below a folder. The caller ends it, by either method. */
  public static BackgroundSync start(Path folder) {
    return start(folder, DiskSync::force);
  }

  static BackgroundSync start(Path folder, Force force) {
    BackgroundSync sync = new BackgroundSync(folder, force);
    sync.thread.start();
    return sync;
  }

  /**
   * Waits for the file that is being forced, and ends.
   *
   * @throws IOException if a file could not be forced; it is named
   */
  public void finish() throws IOException {
    stop();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while files were forced to disk");
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends after the file that is being forced, without waiting: what was written is given up. */
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void run() {
    try {
      for (long rest = REST_MILLIS; rested(rest); ) {
        long start = System.nanoTime();
        forceChanged();
        rest = Math.max(REST_MILLIS, (System.nanoTime() - start) / 1_000_000);
      }
    } catch (IOException e) {
      failure = e;
    } catch (UncheckedIOException e) {
      failure = e.getCause();
    } catch (InterruptedException | RuntimeException e) {
      failure = new IOException("the files of " + folder + " were not all forced to disk: " + e, e);
    }
  }

  /** Whether there is more to do after a rest. */
  private synchronized boolean rested(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; !stopped && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return !stopped;
  }

  private void forceChanged() throws IOException {
    for (Path file : files()) {
      if (isStopped()) {
        return;
      }
      try {
        Seen now = new Seen(Files.size(file), Files.getLastModifiedTime(file));
        if (!now.equals(forced.get(file))) {
          force.force(file);
          forced.put(file, now);
        }
      } catch (NoSuchFileException renamed) {
        // Its task was committed or given up; a committed file is found again under its new name.
        forced.remove(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).toList();
    } catch (NoSuchFileException | UncheckedIOException moved) {
      if (moved instanceof UncheckedIOException e
          && !(e.getCause() instanceof NoSuchFileException)) {
        throw e;
      }
      return List.of();
    }
  }
}
