package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.ClosedDoor;
import dev.sigmax.output.FolderListing;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's folder that stays where it was written. The run counts from the moment that something
 * else, such as a table, names its files in one step; no reader looks for them before. Until then
 * its manifest has another name, so that nobody takes it for published.
 */
public final class CommittedFolder {
  private static final Logger LOG = LoggerFactory.getLogger(CommittedFolder.class);

  private CommittedFolder() {}

  /** The step that counts. */
  public interface Commit {
    /**
     * Names the files.
     *
     * @throws OutputException as {@link ErrorName#PUBLICATION_UNKNOWN} where it may have happened;
     *     the files then stay
     */
    void commit() throws IOException;
  }

  /**
   * Makes a folder for an attempt.
   *
   * @param start what its name begins with; an end like no other's follows
   */
  public static Staging open(Path parent, String start, Configuration configuration)
      throws IOException {
    String attempt = Staging.newAttempt();
    Path folder = new Path(parent, start + attempt);
    FileSystem fileSystem = folder.getFileSystem(configuration);
    if (!fileSystem.mkdirs(new Path(folder, ManifestFile.FOLDER))) {
      throw new OutputException(
          ErrorName.OUTPUT_PARENT, "cannot write into " + parent + ". Check the permissions.");
    }
    return StagingFolder.watched(fileSystem, folder, attempt);
  }

  /**
   * Writes the manifest, takes the step, then gives the manifest its name. When it throws, the
   * message says what is true.
   */
  public static void publish(
      Staging staging, Manifest manifest, Configuration configuration, Commit commit)
      throws IOException {
    staging.beginPublication();
    FileSystem fileSystem = staging.folder().getFileSystem(configuration);
    ManifestFile.writePrepared(staging.folder(), manifest, configuration);
    PreparedParts.force(fileSystem, staging.folder(), manifest);
    staging.complete(
        () -> {
          commit(staging, manifest, commit);
          confirm(staging.folder(), configuration);
        });
  }

  private static void commit(Staging staging, Manifest manifest, Commit commit) throws IOException {
    try {
      commit.commit();
    } catch (OutputException failure) {
      if (failure.name() == ErrorName.PUBLICATION_UNKNOWN) {
        staging.published();
      }
      throw failure;
    } catch (VirtualMachineError failure) {
      // No memory, at any point: the table may have the files by now.
      staging.published();
      throw new OutputException(
          ErrorName.PUBLICATION_UNKNOWN,
          "whether the table has run "
              + manifest.runId()
              + " cannot be told: "
              + failure
              + ". Its files stay in "
              + staging.folder()
              + ". Run the job again: if the table has the run, it says so and adds nothing.",
          failure);
    }
    staging.published();
  }

  /** Gives the manifest of a run that counts its name, where it has not got it. */
  public static void confirm(Path folder, Configuration configuration) {
    try {
      FileSystem fileSystem = folder.getFileSystem(configuration);
      Path prepared = ManifestFile.preparedIn(folder);
      if (fileSystem.exists(prepared)
          && !fileSystem.rename(prepared, ManifestFile.pathIn(folder))) {
        throw new IOException("it was not renamed");
      }
    } catch (IOException e) {
      LOG.warn(
          "The run in {} is published, and its manifest keeps the name of one that is not: {}",
          folder,
          e.toString());
    }
  }

  /**
   * The folders of attempts whose runs are not known to count: under way, or left behind by a run
   * that was killed. One that was killed right after the step is among them.
   *
   * @param start what their names begin with
   * @throws java.nio.file.AccessDeniedException where this user may not look whether one counts
   */
  public static List<Attempts.Attempt> unconfirmed(
      Path parent, String start, Configuration configuration) throws IOException {
    FileSystem fileSystem = parent.getFileSystem(configuration);
    List<Attempts.Attempt> attempts = new ArrayList<>();
    for (FileStatus child : FolderListing.of(parent, configuration)) {
      Path folder = child.getPath();
      if (child.isDirectory()
          && folder.getName().startsWith(start)
          && !ClosedDoor.exists(fileSystem, ManifestFile.pathIn(folder))) {
        attempts.add(
            new Attempts.Attempt(
                folder, Instant.ofEpochMilli(Attempts.lastWritten(fileSystem, folder))));
      }
    }
    return attempts;
  }

  /** Such a folder as it is now; empty where its own run has removed it meanwhile. */
  public static Optional<Attempts.Attempt> again(
      Attempts.Attempt attempt, Configuration configuration) throws IOException {
    Path folder = attempt.folder();
    FileSystem fileSystem = folder.getFileSystem(configuration);
    Instant lastWritten = Instant.ofEpochMilli(Attempts.lastWritten(fileSystem, folder));
    return fileSystem.exists(folder)
        ? Optional.of(new Attempts.Attempt(folder, lastWritten))
        : Optional.empty();
  }

  /**
   * Removes such a folder with all in it.
   *
   * @throws OutputException if it cannot be removed
   */
  public static void remove(Attempts.Attempt attempt, Configuration configuration) {
    Path folder = attempt.folder();
    try {
      FileSystem fileSystem = folder.getFileSystem(configuration);
      // A local disk does not throw where this user may not remove what is there.
      if (!fileSystem.delete(folder, true) && fileSystem.exists(folder)) {
        throw new OutputException(
            ErrorName.ATTEMPT_NOT_REMOVED,
            "cannot remove the attempt " + folder + ". Check the permissions.");
      }
    } catch (IOException e) {
      throw Attempts.notRemoved(attempt, e);
    }
  }
}
