package dev.sigmax.testing;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** This machine's files under the scheme {@code faulty}, with the faults of {@link FaultPlan}. */
public final class FaultyFiles extends RawLocalFileSystem {
  private static final String SCHEME = "faulty";
  private static final int WRITTEN_AT_ONCE = 1 << 16;

  /** Lets a configuration know the scheme. */
  public static void register(Configuration configuration) {
    configuration.set("fs.faulty.impl", FaultyFiles.class.getName());
    configuration.set("fs.AbstractFileSystem.faulty.impl", Context.class.getName());
  }

  private static IOException full(Path path) {
    return new IOException(path + ": No space left on device");
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public void setPermission(Path path, FsPermission permission) {
    // Hadoop would start a process.
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    FaultPlan.read("open", path);
    if (FaultPlan.isClosed(path)) {
      throw new FileNotFoundException(path.toUri().getPath() + " (Permission denied)");
    }
    FaultPlan.open(path);
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FaultPlan.read("list", path);
    return super.listStatus(path);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (FaultPlan.strikes("create", path, Fault.FULL)) {
      throw full(path);
    }
    return faulty(
        path, super.create(path, overwrite, bufferSize, replication, blockSize, progress));
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
    return create(path, overwrite, bufferSize, replication, blockSize, progress);
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
    getFileStatus(path.getParent());
    boolean overwrite = flags.contains(CreateFlag.OVERWRITE);
    return create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    if (!exists(path) && FaultPlan.strikes("mkdirs", path, Fault.FULL)) {
      throw full(path);
    }
    return super.mkdirs(path);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return mkdirs(path);
  }

  /**
   * A folder goes in one step or not at all, as on the file systems that outputs are published to:
   * where two processes rename to one name, Hadoop's own copies the second folder into the first.
   */
  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (FaultPlan.strikes("rename", from, Fault.LIE)) {
      return true;
    }
    if (!pathToFile(from).isDirectory()) {
      return super.rename(from, to);
    }
    Files.move(pathToFile(from).toPath(), pathToFile(to).toPath(), StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    FaultPlan.strikes("delete", path);
    return super.delete(path, recursive);
  }

  private FSDataOutputStream faulty(Path path, FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(
        new BufferedOutputStream(new Watched(path, out), WRITTEN_AT_ONCE), null);
  }

  private final class Watched extends FilterOutputStream {
    private final Path path;
    private boolean closed;

    Watched(Path path, OutputStream out) {
      super(out);
      this.path = path;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (FaultPlan.strikes("write", path, Fault.FULL)) {
        // As Hadoop's local files say it.
        throw FullDisk.error(path.toString());
      }
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      boolean lose;
      try {
        lose = FaultPlan.strikes("close", path, Fault.TRUNCATE);
      } finally {
        out.close();
      }
      if (lose) {
        try (FileChannel file =
            FileChannel.open(pathToFile(path).toPath(), StandardOpenOption.WRITE)) {
          file.truncate(file.size() / 2);
        }
      }
    }
  }

  /** The same for Hadoop's newer interface. */
  public static final class Context extends DelegateToFileSystem {
    /** As Hadoop constructs it. */
    public Context(URI uri, Configuration configuration) throws Exception {
      super(uri, new FaultyFiles(), configuration, SCHEME, false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }
  }
}
