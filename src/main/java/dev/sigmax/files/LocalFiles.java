package dev.sigmax.files;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options.ChecksumOpt;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Hadoop's local file system without what a local run does not need: no second file of checksums
 * for each (pages and the manifest have their own), and no process started for each permission that
 * is set or looked at. Where the scheme {@code file} is set to it, old checksum files are files
 * like others.
 *
 * <p>It is a {@link LocalFileSystem}, since Hadoop casts to that wherever it buffers on disk (S3
 * does); what would look at checksum files goes to the raw files instead.
 */
public final class LocalFiles extends LocalFileSystem {
  /** Hadoop's setting for the class of the scheme {@code file}. */
  public static final String SETTING = "fs.file.impl";

  /** Hive's stands in Spark's distributions and takes the place of Hadoop's. */
  private static final Set<String> DIRECT =
      Set.of(
          LocalFiles.class.getName(),
          LocalFileSystem.class.getName(),
          RawLocalFileSystem.class.getName(),
          "org.apache.hadoop.hive.ql.io.ProxyLocalFileSystem");

  /**
   * Whether a file system is this machine's, and of a class whose files may be written directly.
   */
  public static boolean serves(FileSystem fileSystem) {
    return DIRECT.contains(fileSystem.getClass().getName());
  }

  /**
   * Whether a file may be read directly: where Hadoop's own local file system would hold it against
   * a file of checksums, that is left to it.
   */
  public static boolean readsDirectly(FileSystem fileSystem, Path file) {
    return serves(fileSystem)
        && (!(fileSystem instanceof ChecksumFileSystem checking)
            || fileSystem instanceof LocalFiles
            || !Files.exists(path(checking.getChecksumFile(file))));
  }

  /** The path as the JDK knows it. */
  public static java.nio.file.Path path(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private final RawFiles files;

  /** For Hadoop, by name. */
  public LocalFiles() {
    this(new RawFiles());
  }

  private LocalFiles(RawFiles files) {
    super(files);
    this.files = files;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return files.open(path, bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return files.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress,
      ChecksumOpt checksums)
      throws IOException {
    return files.create(
        path, permission, flags, bufferSize, replication, blockSize, progress, checksums);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return files.createNonRecursive(
        path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return files.createNonRecursive(
        path, permission, flags, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress)
      throws IOException {
    return files.append(path, bufferSize, progress);
  }

  @Override
  public boolean truncate(Path path, long length) throws IOException {
    return files.truncate(path, length);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return files.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return files.delete(path, recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return files.listStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path, PathFilter filter) throws IOException {
    return files.listStatus(path, filter);
  }

  @Override
  public RemoteIterator<FileStatus> listStatusIterator(Path path) throws IOException {
    return files.listStatusIterator(path);
  }

  @Override
  public RemoteIterator<LocatedFileStatus> listLocatedStatus(Path path) throws IOException {
    return files.listLocatedStatus(path);
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    files.setPermission(path, permission);
  }

  @Override
  public boolean setReplication(Path path, short replication) throws IOException {
    return files.setReplication(path, replication);
  }
}
