package dev.sigmax.columnar.scan;

import dev.sigmax.parquet.bytes.PageMemory;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.spark.TaskContext;
import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.SparkOutOfMemoryError;
import org.apache.spark.memory.TaskMemoryManager;

/**
 * Memory for a task's pages from Arrow's pool, which keeps what is given back for the next task.
 * Spark's memory manager is told of it, so that others of the executor make room; where it has none
 * left, a page is read all the same.
 */
final class PagePool implements PageMemory, AutoCloseable {
  private final BufferAllocator allocator;
  private final Account account = new Account(TaskContext.get().taskMemoryManager());

  /** Memory from all that Arrow has in this JVM. */
  PagePool() {
    this(ArrowMemory.allocator());
  }

  /** Memory from an allocator, which is closed with this. */
  PagePool(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * {@inheritDoc}
   *
   * @throws SparkOutOfMemoryError if Arrow has no memory left. Its own exception would pass for one
   *     of what a damaged file says.
   */
  @Override
  public Block allocate(int bytes) {
    ArrowBuf buffer = buffer(bytes);
    long counted;
    try {
      counted = account.acquireMemory(buffer.capacity());
    } catch (RuntimeException | Error killed) {
      // A task may be ended while it waits for memory, and nobody else has the buffer.
      buffer.close();
      throw killed;
    }
    return new Block() {
      @Override
      public ByteBuffer bytes() {
        return buffer.nioBuffer(0, (int) buffer.capacity());
      }

      @Override
      public void close() {
        buffer.close();
        account.freeMemory(counted);
      }
    };
  }

  private ArrowBuf buffer(int bytes) {
    try {
      return allocator.buffer(bytes);
    } catch (OutOfMemoryException e) {
      SparkOutOfMemoryError told =
          new SparkOutOfMemoryError(
              "UNABLE_TO_ACQUIRE_MEMORY",
              Map.of("requestedBytes", String.valueOf(bytes), "receivedBytes", "0"));
      told.initCause(e);
      throw told;
    }
  }

  /** All blocks have been given back. */
  @Override
  public void close() {
    allocator.close();
  }

  /** Counts, and has nothing to spill. */
  private static final class Account extends MemoryConsumer {
    Account(TaskMemoryManager manager) {
      super(manager, manager.getTungstenMemoryMode());
    }

    @Override
    public long spill(long bytes, MemoryConsumer asking) {
      return 0;
    }
  }
}
