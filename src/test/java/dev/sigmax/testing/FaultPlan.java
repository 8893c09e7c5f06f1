package dev.sigmax.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * Which operation of {@link FaultyFiles} goes wrong, and how. One plan holds for the whole JVM; it
 * counts the operations.
 */
public final class FaultPlan {
  private static final int HALTED = 77;
  private static final int INTERRUPTED = 143;
  private static final long HOOKS_BEGIN_MILLIS = 30;

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

  /** A file is opened. */
  static void open(Path path) {
    OPENED.add(path.toUri().getPath());
  }

  /** The files that were opened since the plan was made, each as often as it was. */
  public static List<String> opened() {
    return List.copyOf(OPENED);
  }

  private FaultPlan() {}

  /** Counts an operation that the fault can strike; whether it strikes with one of these kinds. */
  static boolean strikes(String operation, Path path, Fault... own) throws IOException {
    Fault kind;
    synchronized (FaultPlan.class) {
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

  /** Counts an operation that reads; throws where the fault strikes it. */
  static void read(String operation, Path path) throws IOException {
    Fault kind;
    synchronized (FaultPlan.class) {
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

  /** Whether readers are told that they may not read a file. */
  static synchronized boolean isClosed(Path path) {
    return path.toUri().getPath().equals(closed);
  }

  /** As a name node says it. */
  private static IOException denied(String operation, Path path) {
    return new AccessControlException("user=nobody may not " + operation + " " + path);
  }
}
