package dev.sigmax.testing;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/**
 * This machine's files under the scheme {@code faulty}, with one fault at the n-th operation. One
 * plan holds for the whole JVM.
 */
public final class FaultyFiles extends RawLocalFileSystem {
  /** What goes wrong. */
  public enum Fault {
    /** One writing operation fails. */
    FAIL,
    /** One writing operation fails, and all after it. */
    BREAK,
    /** From one writing operation on nobody may write. */
    DENY,
    /** From one reading operation on nobody may read. */
    DENY_READING,
    /** From one writing operation on there is no space. */
    FULL,
    /** A file loses its second half when it is closed, without a word. */
    TRUNCATE,
    /** A rename says that it was done, and was not. */
    LIE,
    /** One reading operation fails. */
    FAIL_READING,
    /** Nothing: someone else does something meanwhile. */
    MEANWHILE,
    /** The process ends at once. */
    HALT,
    /** The process is asked to end, and goes on meanwhile. */
    INTERRUPT
  }

  private static final String SCHEME = "faulty";
  private static final int HALTED = 77;
  private static final int INTERRUPTED = 143;
  private static final long HOOKS_BEGIN_MILLIS = 30;
  private static final int WRITTEN_AT_ONCE = 1 << 16;

  private static final Set<Fault> ANYWHERE =
      Set.of(Fault.FAIL, Fault.BREAK, Fault.DENY, Fault.MEANWHILE, Fault.HALT, Fault.INTERRUPT);

  /** What does not go away. */
  private static final Set<Fault> LASTING = Set.of(Fault.BREAK, Fault.DENY, Fault.FULL);

  private static Fault fault;
  private static int at;
  private static final AtomicInteger WRITTEN = new AtomicInteger();
  private static final AtomicInteger READ = new AtomicInteger();
  private static final Queue<String> OPENED = new ConcurrentLinkedQueue<>();
  private static boolean fired;
  private static Deed meanwhile;
  private static String closed;

  /** Plans a fault at the {@code operation}-th operation from now, counted from 1. */
  public static synchronized void plan(Fault kind, int operation) {
    fault = kind;
    at = operation;
    fired = false;
    WRITTEN.set(0);
    READ.set(0);
    OPENED.clear();
  }

  /** Plans that someone else does something at the {@code operation}-th operation that writes. */
  public static synchronized void planMeanwhile(int operation, Deed other) {
    plan(Fault.MEANWHILE, operation);
    meanwhile = other;
  }

  /** What someone else does. */
  @FunctionalInterface
  public interface Deed {
    void run() throws IOException;
  }

  /** Closes a file to readers, who are told so as by a local disk. */
  public static synchronized void close(java.nio.file.Path file) {
    closed = file.toString();
  }

  /** No fault any more, and no closed file. */
  public static synchronized void heal() {
    fault = null;
    closed = null;
  }

  /** Whether the planned fault has come. */
  public static synchronized boolean fired() {
    return fired;
  }

  /** How many operations that write there were since the plan was made. */
  public static int written() {
    return WRITTEN.get();
  }

  /** The files that were opened since the plan was made, each as often as it was. */
  public static List<String> opened() {
    return List.copyOf(OPENED);
  }

  /** Lets a configuration know the scheme. */
  public static void register(Configuration configuration) {
    configuration.set("fs.faulty.impl", FaultyFiles.class.getName());
    configuration.set("fs.AbstractFileSystem.faulty.impl", Context.class.getName());
  }

  /** Counts an operation that the fault can strike; whether it strikes with one of these kinds. */
  private static boolean strikes(String operation, Path path, Fault... own) throws IOException {
    Fault kind;
    synchronized (FaultyFiles.class) {
      kind = fault;
      boolean any = kind != null && ANYWHERE.contains(kind);
      if (!any && !Arrays.asList(own).contains(kind)) {
        return false;
      }
      int count = WRITTEN.incrementAndGet();
      if (count != at && !(count > at && LASTING.contains(kind))) {
        return false;
      }
      fired = true;
    }
    if (kind == Fault.HALT) {
      Runtime.getRuntime().halt(HALTED);
    }
    if (kind == Fault.MEANWHILE) {
      try {
        meanwhile.run();
      } catch (IOException e) {
        // A deed that fails is a fault of the test, and none that the run is to cope with.
        throw new UncheckedIOException(e);
      }
      return false;
    }
    if (kind == Fault.INTERRUPT) {
      new Thread(() -> Runtime.getRuntime().exit(INTERRUPTED)).start();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(HOOKS_BEGIN_MILLIS));
      return false;
    }
    if (kind == Fault.DENY) {
      throw denied(operation, path);
    }
    if (kind == Fault.FAIL || kind == Fault.BREAK) {
      throw new IOException("injected fault: " + operation + " of " + path);
    }
    return true;
  }

  private static void read(String operation, Path path) throws IOException {
    Fault kind;
    synchronized (FaultyFiles.class) {
      kind = fault;
      int count = READ.incrementAndGet();
      if (!(kind == Fault.FAIL_READING && count == at)
          && !(kind == Fault.DENY_READING && count >= at)) {
        return;
      }
      fired = true;
    }
    throw kind == Fault.DENY_READING
        ? denied(operation, path)
        : new IOException("injected fault: " + operation + " of " + path);
  }

  private static synchronized boolean isClosed(Path path) {
    return path.toUri().getPath().equals(closed);
  }

  /** As a name node says it. */
  private static IOException denied(String operation, Path path) {
    return new AccessControlException("user=nobody may not " + operation + " " + path);
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
    read("open", path);
    if (isClosed(path)) {
      throw new FileNotFoundException(path.toUri().getPath() + " (Permission denied)");
    }
    OPENED.add(path.toUri().getPath());
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    read("list", path);
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
    if (strikes("create", path, Fault.FULL)) {
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
    if (!exists(path) && strikes("mkdirs", path, Fault.FULL)) {
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
    if (strikes("rename", from, Fault.LIE)) {
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
    strikes("delete", path);
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
      if (strikes("write", path, Fault.FULL)) {
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
        lose = strikes("close", path, Fault.TRUNCATE);
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
