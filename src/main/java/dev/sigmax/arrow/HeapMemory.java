package dev.sigmax.arrow;

import dev.sigmax.parquet.bytes.PageMemory;
import java.nio.ByteBuffer;

/** Memory of the heap, where Arrow's pool does not serve or is not worth its start. */
public final class HeapMemory implements PageMemory {
  @Override
  public Block allocate(int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    return new Block() {
      @Override
      public ByteBuffer bytes() {
        return buffer;
      }

      /** The collector's. */
      @Override
      public void close() {}
    };
  }
}
