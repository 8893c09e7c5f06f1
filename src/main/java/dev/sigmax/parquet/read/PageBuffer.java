package dev.sigmax.parquet.read;

import dev.sigmax.parquet.bytes.PageMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One block of memory that grows with the largest page it held. Not thread-safe. */
final class PageBuffer implements AutoCloseable {
  private static final int FEWEST = 1 << 12;

  private final PageMemory memory;
  private PageMemory.Block block;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

  PageBuffer(PageMemory memory) {
    this.memory = memory;
  }

  /** The first {@code size} bytes, little-endian; what was in them is lost if they had to grow. */
  ByteBuffer first(int size) {
    if (bytes.capacity() < size) {
      close();
      block = memory.allocate(Math.max(FEWEST, size));
      bytes = block.bytes();
    }
    return bytes.duplicate().clear().limit(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Gives the block back; the next page gets another. */
  @Override
  public void close() {
    bytes = ByteBuffer.allocateDirect(0);
    if (block != null) {
      block.close();
      block = null;
    }
  }
}
