package dev.sigmax.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** Hadoop's raw local files, without a process started for each permission, under our umask. */
final class RawFiles extends RawLocalFileSystem {
  /** The file that a commit to an Iceberg table in folders comes to, by its name. */
  private static final Pattern VERSION_OF_TABLE =
      Pattern.compile("v\\d+(\\.gz)?\\.metadata\\.json");

  /** {@inheritDoc} What is made has the permissions that the process gives to all it makes. */
  @Override
  public void initialize(URI name, Configuration settings) throws IOException {
    super.initialize(name, Umask.in(settings));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Iceberg looks whether a version of a table is there, and then renames. Between the two
   * another process may have been as far, and a local rename would take the place of its commit,
   * whose rows were gone. A hard link is refused where the name is taken.
   */
  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (!VERSION_OF_TABLE.matcher(to.getName()).matches()) {
      return super.rename(from, to);
    }
    java.nio.file.Path draft = pathToFile(from).toPath();
    java.nio.file.Path version = pathToFile(to).toPath();
    try {
      Files.createLink(version, draft);
    } catch (FileAlreadyExistsException taken) {
      // A network disk may have done it and lost the answer.
      if (!Files.isSameFile(version, draft)) {
        return false;
      }
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      return super.rename(from, to);
    }
    Files.deleteIfExists(draft);
    return true;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return withPermission(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    for (FileStatus status : super.listStatus(path)) {
      try {
        all.add(withPermission(status));
      } catch (FileNotFoundException gone) {
        // As Hadoop does with what goes while it is listed: it is not there.
      }
    }
    return all.toArray(new FileStatus[0]);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Looks at the names first: a file's status costs more than its name, and a folder may hold
   * thousands of others.
   */
  @Override
  public FileStatus[] listStatus(Path path, PathFilter filter) throws IOException {
    String[] names = pathToFile(path).list();
    if (names == null) {
      return super.listStatus(path, filter);
    }
    List<FileStatus> accepted = new ArrayList<>();
    for (String name : names) {
      Path file = new Path(path, new Path(null, null, name));
      if (!filter.accept(file)) {
        continue;
      }
      try {
        accepted.add(getFileStatus(file));
      } catch (FileNotFoundException gone) {
        // As above.
      }
    }
    return accepted.toArray(new FileStatus[0]);
  }

  /** Hadoop's own status starts a process when it is asked for the permission, which lists do. */
  private FileStatus withPermission(FileStatus status) throws IOException {
    java.nio.file.Path file = pathToFile(status.getPath()).toPath();
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return status;
    }
    PosixFileAttributes attributes;
    try {
      attributes = view.readAttributes();
    } catch (NoSuchFileException e) {
      throw (IOException) new FileNotFoundException(status.getPath().toString()).initCause(e);
    }
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        status.getModificationTime(),
        status.getAccessTime(),
        FsPermission.valueOf("-" + PosixFilePermissions.toString(attributes.permissions())),
        attributes.owner().getName(),
        attributes.group().getName(),
        status.getPath());
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    FileStore store = Files.getFileStore(file);
    if (permission.getStickyBit()
        || !store.supportsFileAttributeView(PosixFileAttributeView.class)) {
      super.setPermission(path, permission);
      return;
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permission.toString()));
  }
}
