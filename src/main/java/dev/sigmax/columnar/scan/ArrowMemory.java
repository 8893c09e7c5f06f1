package dev.sigmax.columnar.scan;

import dev.sigmax.error.Causes;
import java.nio.Buffer;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.sql.util.ArrowUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Arrow's memory in this JVM, which lies outside the heap. Arrow reaches into {@code java.nio} for
 * it, whichever of its allocators serves, and a JVM has to be told to let it.
 */
public final class ArrowMemory {
  /** What a JVM has to be told. */
  static final String FLAG = "--add-opens=java.base/java.nio=ALL-UNNAMED";

  private static final Logger LOG = LoggerFactory.getLogger(ArrowMemory.class);

  private ArrowMemory() {}

  /** Found out once: a class of Arrow that failed to start never starts again. */
  private static final class Found {
    static final Optional<String> OBSTACLE = find();

    private static Optional<String> find() {
      Optional<String> obstacle = attempt();
      obstacle.ifPresent(why -> LOG.warn("Scores are written by rows: {}.", why));
      return obstacle;
    }
  }

  private static Optional<String> attempt() {
    // Before Arrow finds out: it would log a stack trace.
    if (!Buffer.class.getModule().isOpen("java.nio", ArrowBuf.class.getModule())) {
      return Optional.of(
          "this JVM does not let Arrow, which holds the columns, reach memory outside the heap;"
              + " start it with "
              + FLAG);
    }
    try (ArrowBuf buffer = ArrowUtils.rootAllocator().buffer(1)) {
      buffer.setByte(0, 1);
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(
          "Arrow, which holds the columns, does not start in this JVM: " + Causes.root(e));
    }
  }

  /** Why Arrow cannot serve in this JVM, and what to do; empty if it can. */
  public static Optional<String> obstacle() {
    return Found.OBSTACLE;
  }

  /**
   * An allocator of its own, to be closed.
   *
   * @throws IllegalStateException if Arrow cannot serve in this JVM: the driver's may, which
   *     decided
   */
  public static BufferAllocator allocator() {
    obstacle()
        .ifPresent(
            why -> {
              throw new IllegalStateException(
                  "an executor cannot score by columns: "
                      + why
                      + ". Add it to spark.executor.extraJavaOptions, or set "
                      + ColumnarSetting.ENABLED
                      + "=false (--engine row): the same bits");
            });
    return ArrowUtils.rootAllocator().newChildAllocator("sigmax", 0, Long.MAX_VALUE);
  }
}
