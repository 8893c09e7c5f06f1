package dev.sigmax.table.delta;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.DiskSync;
import dev.sigmax.files.LocalFiles;
import io.delta.storage.HDFSLogStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Logs on a local disk, where of two writers of a version one wins, in whatever processes they are:
 * a commit gets its name as a hard link, which the operating system refuses where there is one.
 * Delta's own store looks whether the name is free, and then renames, so that two can find it free
 * and the second takes the place of the first.
 *
 * <p>Public for Delta's writers for Spark, which can take it by name ({@code
 * spark.delta.logStore.file.impl}). Not thread-safe beyond what it promises of a version.
 */
public final class ExclusiveLogStore extends HDFSLogStore {
  /** By name, for Delta. */
  public ExclusiveLogStore(Configuration configuration) {
    super(configuration);
  }

  /**
   * Writes a file whole, and forces it to the disk.
   *
   * @throws FileAlreadyExistsException if {@code overwrite} is false and the file is there
   * @throws OutputException on a disk without hard links
   */
  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    if (overwrite) {
      super.write(path, actions, true, configuration);
      return;
    }
    java.nio.file.Path commit = LocalFiles.path(path);
    java.nio.file.Path draft = draftOf(commit);
    try {
      try (BufferedWriter lines = Files.newBufferedWriter(draft)) {
        while (actions.hasNext()) {
          lines.write(actions.next());
          lines.write('\n');
        }
      }
      DiskSync.force(draft);
      link(commit, draft);
    } finally {
      Files.deleteIfExists(draft);
    }
    DiskSync.force(commit.getParent());
  }

  /** A name that neither Delta nor another draft has. */
  private static java.nio.file.Path draftOf(java.nio.file.Path file) {
    return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  /**
   * Tries a hard link in a log's folder, and takes it away again.
   *
   * @throws OutputException on a disk without them
   */
  static void requireLinks(java.nio.file.Path log) throws IOException {
    java.nio.file.Path draft = draftOf(log.resolve("sigmax"));
    java.nio.file.Path link = draftOf(log.resolve("sigmax"));
    try {
      Files.createFile(draft);
      link(link, draft);
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(draft);
    }
  }

  private static void link(java.nio.file.Path commit, java.nio.file.Path draft) throws IOException {
    try {
      Files.createLink(commit, draft);
    } catch (FileAlreadyExistsException taken) {
      // A network disk may have done it and lost the answer; the second time it is there.
      if (!Files.isSameFile(commit, draft)) {
        throw taken;
      }
    } catch (NoSuchFileException | AccessDeniedException another) {
      throw another;
    } catch (UnsupportedOperationException | FileSystemException unserved) {
      throw new OutputException(
          ErrorName.TABLE_NOT_SERVED,
          "the disk of "
              + commit.getParent()
              + " makes no hard link ("
              + why(unserved)
              + "), without which two writers could undo each other's commits. Where there is no"
              + " other writer, take --conf spark.hadoop."
              + LogStores.setting("file")
              + "="
              + HDFSLogStore.class.getName()
              + ".",
          unserved);
    }
  }

  /** Without the names of the files, which are drafts. */
  private static String why(Exception unserved) {
    return unserved instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : String.valueOf(unserved.getMessage());
  }
}
