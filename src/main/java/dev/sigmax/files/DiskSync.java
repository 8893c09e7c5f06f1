package dev.sigmax.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Forces to a local disk what was written, so that it outlasts a loss of power (fsync(2) of files
 * and of the folders that name them).
 */
public final class DiskSync {
  /** A journal commits many at once for the price of one. */
  private static final int AT_ONCE = 8;

  private DiskSync() {}

  /**
   * Forces all files below a folder, then the folders.
   *
   * @throws IOException if one cannot be forced; it is named
   */
  public static void forceAll(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.toList();
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, all.size()));
    try {
      forceEach(threads, all.stream().filter(Files::isRegularFile).toList());
      forceEach(threads, all.stream().filter(Files::isDirectory).toList());
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Forces one file, or the names in one folder, such as one that a rename put there.
   *
   * @throws NoSuchFileException if it is not there
   * @throws IOException if it cannot be forced; it is named
   */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot force " + path + " to disk: " + e.getMessage(), e);
    }
  }

  private static void forceEach(ExecutorService threads, List<Path> paths) throws IOException {
    List<Callable<Void>> forces =
        paths.stream()
            .<Callable<Void>>map(
                path ->
                    () -> {
                      force(path);
                      return null;
                    })
            .toList();
    try {
      for (Future<Void> forced : threads.invokeAll(forces)) {
        forced.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while files were forced to disk");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    }
  }
}
