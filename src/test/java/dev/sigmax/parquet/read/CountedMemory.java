package dev.sigmax.parquet.read;

import dev.sigmax.parquet.bytes.PageMemory;
import java.nio.ByteBuffer;

/** Memory that knows what was not given back. */
public final class CountedMemory implements PageMemory {
  public int lent;
  public int allocations;
  public long largest;

  @Override
  public Block allocate(int bytes) {
    lent++;
    allocations++;
    largest = Math.max(largest, bytes);
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
    return new Block() {
      @Override
      public ByteBuffer bytes() {
        return memory;
      }

      @Override
      public void close() {
        lent--;
      }
    };
  }
}
