package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.files.DiskSync;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.files.LocalFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * One atomic rename of a folder that never replaces what is there. Hadoop's local file system would
 * copy where a rename fails, and its {@code rename} moves into a folder that exists: so neither is
 * asked. A local disk has the new name for sure after {@link #force}.
 */
final class AtomicRename {
  private final FileSystem fileSystem;
  private final FileContext context;

  /** Renames on the file system of {@code place}; refused where it has no such rename. */
  AtomicRename(Path place, Configuration configuration) throws IOException {
    this.fileSystem = place.getFileSystem(configuration);
    try {
      this.context =
          isLocal() ? null : FileContext.getFileContext(fileSystem.getUri(), configuration);
    } catch (UnsupportedFileSystemException e) {
      throw new UsageException(
          ErrorName.OUTPUT_STORE_NOT_SERVED,
          "an output cannot be published at "
              + place
              + ": its file system has no rename in one step ("
              + e.getMessage()
              + "). Name another place.",
          e);
    }
  }

  private boolean isLocal() {
    return LocalDisk.is(fileSystem);
  }

  /** Whether there is anything at a path, be it a link to nowhere. */
  boolean occupied(Path path) throws IOException {
    return isLocal()
        ? Files.exists(LocalFiles.path(path), LinkOption.NOFOLLOW_LINKS)
        : fileSystem.exists(path);
  }

  /** Where a link on a local disk leads; empty where the path is none. */
  Optional<java.nio.file.Path> target(Path path) throws IOException {
    java.nio.file.Path local = isLocal() ? LocalFiles.path(path) : null;
    return local != null && Files.isSymbolicLink(local) && Files.exists(local)
        ? Optional.of(local.toRealPath())
        : Optional.empty();
  }

  /**
   * Renames.
   *
   * @throws IOException of many kinds where {@code to} exists or {@code from} does not, and where
   *     the file system says that it was done and it was not
   */
  void rename(Path from, Path to) throws IOException {
    if (occupied(to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    if (isLocal()) {
      // The operating system tells what it did, and another process may have put it back since.
      Files.move(LocalFiles.path(from), LocalFiles.path(to), StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    context.rename(from, to, Options.Rename.NONE);
    // Another run may have come to be where this one was taken away.
    if (fileSystem.exists(from) && !fileSystem.exists(to)) {
      throw new IOException(
          "the file system says that it renamed " + from + " to " + to + ", but did not");
    }
  }

  /**
   * Forces to a local disk what the names in a path's folder stand for now, so that a loss of power
   * does not undo a rename; nothing elsewhere.
   */
  void force(Path path) throws IOException {
    if (isLocal()) {
      DiskSync.force(LocalFiles.path(path).getParent());
    }
  }
}
