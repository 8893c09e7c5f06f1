package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A run's folder that stays where it was written. The run counts from the moment that something
 * else, such as a table, names its files in one step; no reader looks for them before.
 */
public final class CommittedFolder {
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

  /** Writes the manifest, then takes the step. When it throws, the message says what is true. */
  public static void publish(
      Staging staging, Manifest manifest, Configuration configuration, Commit commit)
      throws IOException {
    staging.beginPublication();
    FileSystem fileSystem = staging.folder().getFileSystem(configuration);
    PreparedParts.seal(fileSystem, staging.folder(), manifest, configuration);
    try {
      commit.commit();
    } catch (OutputException failure) {
      if (failure.name() == ErrorName.PUBLICATION_UNKNOWN) {
        staging.published();
      }
      throw failure;
    }
    staging.published();
  }
}
