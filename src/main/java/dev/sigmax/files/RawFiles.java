package dev.sigmax.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** Hadoop's raw local files, without a process started for each permission, under our umask. */
final class RawFiles extends RawLocalFileSystem {
  /** {@inheritDoc} What is made has the permissions that the process gives to all it makes. */
  @Override
  public void initialize(URI name, Configuration settings) throws IOException {
    super.initialize(name, Umask.in(settings));
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
