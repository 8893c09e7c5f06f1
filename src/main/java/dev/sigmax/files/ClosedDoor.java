package dev.sigmax.files;

import dev.sigmax.error.Denial;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Tells a file that is not there from one that this user may not read. Of a local disk Hadoop says
 * that both are not found, and of a file in a closed folder that it does not exist.
 */
public final class ClosedDoor {
  private ClosedDoor() {}

  /**
   * Whether a file or folder is there.
   *
   * @throws AccessDeniedException where this user may not enter a folder on the way to it, so that
   *     it cannot be told
   */
  public static boolean exists(FileSystem fileSystem, Path path) throws IOException {
    try {
      fileSystem.getFileStatus(path);
      return true;
    } catch (FileNotFoundException e) {
      requireNone(fileSystem, path, e);
      return false;
    }
  }

  /**
   * Returns where a file or folder is as gone as it was told to be.
   *
   * @param told what a file system said when it was asked for it
   * @throws AccessDeniedException where this user may not open it, or may not enter a folder on the
   *     way to it, so that whether it exists cannot be told
   */
  public static void requireNone(FileSystem fileSystem, Path path, IOException told)
      throws AccessDeniedException {
    if (LocalDisk.is(fileSystem)) {
      requireNone(fileSystem.makeQualified(path));
    }
    if (Denial.is(told)) {
      throw denied(path.toString(), "Permission denied", told);
    }
  }

  /**
   * Returns where this user may enter a folder on a local disk, or where it is none.
   *
   * @param listed whether this user must be able to list it, too
   * @throws AccessDeniedException where not
   */
  public static void requireOpen(Path folder, boolean listed) throws AccessDeniedException {
    java.nio.file.Path local = LocalFiles.path(folder);
    if (!Files.isExecutable(local) && Files.isDirectory(local)) {
      throw new AccessDeniedException(local.toString(), null, "it may not be entered");
    }
    if (listed && !Files.isReadable(local) && Files.isDirectory(local)) {
      throw new AccessDeniedException(local.toString(), null, "it may not be listed");
    }
  }

  private static void requireNone(Path path) throws AccessDeniedException {
    try {
      FileChannel.open(LocalFiles.path(path), StandardOpenOption.READ).close();
    } catch (AccessDeniedException e) {
      java.nio.file.Path file = LocalFiles.path(path);
      Optional<java.nio.file.Path> folder = closedOn(file);
      throw denied(
          folder.orElse(file).toString(),
          folder.isPresent() ? "it may not be entered" : "Permission denied",
          e);
    } catch (IOException | InvalidPathException notThere) {
      // As it was told.
    }
  }

  /** The first folder on the way that may not be entered; none where a link leads to one. */
  private static Optional<java.nio.file.Path> closedOn(java.nio.file.Path path) {
    java.nio.file.Path way = path.getRoot();
    for (java.nio.file.Path name : path) {
      if (!Files.isExecutable(way)) {
        return Optional.of(way);
      }
      way = way.resolve(name);
    }
    return Optional.empty();
  }

  private static AccessDeniedException denied(String what, String why, IOException cause) {
    AccessDeniedException denied = new AccessDeniedException(what, null, why);
    denied.initCause(cause);
    return denied;
  }
}
