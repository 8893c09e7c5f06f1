package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.output.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The attempts that stand beside an output: under way, or left behind by a run that was killed.
 * From outside they look alike but for when they were last written.
 */
public final class Attempts {
  /** One attempt. */
  public record Attempt(Path folder, Instant lastWritten) {}

  /** What file systems take, but for a few that take less and object stores, which take more. */
  private static final int MOST_BYTES_OF_A_NAME = 255;

  private Attempts() {}

  /**
   * Refuses an output whose attempts and old outputs would have names that no file system takes.
   */
  public static void requireNamesFor(Path output) {
    int bytes = output.getName().getBytes(StandardCharsets.UTF_8).length;
    int most = MOST_BYTES_OF_A_NAME - StagingPaths.ADDED_BYTES;
    if (bytes > most && !ObjectStore.holds(output)) {
      throw new UsageException(
          ErrorName.OUTPUT_PATH,
          "the name of the output "
              + output
              + " has "
              + bytes
              + " bytes, and what is written beside it until it is published would have a name that"
              + " is too long. Take a name of at most "
              + most
              + " bytes.");
    }
  }

  /**
   * All attempts beside an output. A replacement that was cut off is undone first; an old output
   * that a finished replacement could not remove counts as an attempt.
   */
  public static List<Attempt> beside(Path output, Configuration configuration) throws IOException {
    FileSystem fileSystem = output.getFileSystem(configuration);
    List<Attempt> attempts = new ArrayList<>();
    Publication publication = Publication.at(output, configuration);
    publication.recover();
    for (Path folder : publication.attempts()) {
      attempts.add(new Attempt(folder, Instant.ofEpochMilli(lastWritten(fileSystem, folder))));
    }
    return attempts;
  }

  /** Whether a folder is, or lies in, the output or an attempt at it. */
  public static boolean isOf(Path folder, Path output) {
    for (Path place = folder; place != null; place = place.getParent()) {
      String name = place.getName();
      if (place.toUri().getPath().equals(output.toUri().getPath())
          || name.startsWith(StagingPaths.staging(output, "").getName())) {
        return true;
      }
    }
    return false;
  }

  static long lastWritten(FileSystem fileSystem, Path path) throws IOException {
    try {
      // A folder of an object store is no older than the question.
      long last =
          ObjectStore.holds(path) ? 0 : fileSystem.getFileStatus(path).getModificationTime();
      for (FileStatus status : fileSystem.listStatus(path)) {
        last =
            Math.max(
                last,
                status.isDirectory()
                    ? lastWritten(fileSystem, status.getPath())
                    : status.getModificationTime());
      }
      return last;
    } catch (FileNotFoundException e) {
      // Its own run has just removed it.
      return 0;
    }
  }

  /**
   * Removes an attempt at {@code output} with all in it; false where it went by itself meanwhile.
   */
  public static boolean remove(Path output, Attempt attempt, Configuration configuration) {
    try {
      return Publication.at(output, configuration).remove(attempt);
    } catch (IOException e) {
      throw notRemoved(attempt, e);
    }
  }

  static OutputException notRemoved(Attempt attempt, IOException cause) {
    return new OutputException(
        ErrorName.ATTEMPT_NOT_REMOVED,
        "cannot remove the attempt " + attempt.folder() + ": " + cause.getMessage() + ".",
        cause);
  }
}
