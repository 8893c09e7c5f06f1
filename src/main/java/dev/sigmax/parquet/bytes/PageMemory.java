package dev.sigmax.parquet.bytes;

import java.nio.ByteBuffer;

/** Lends memory outside the heap, to be given back. */
public interface PageMemory {
  /** A block of at least so many bytes, whatever is in them. */
  Block allocate(int bytes);

  /** A block of memory; closed once, by who asked for it. */
  interface Block extends AutoCloseable {
    /** All bytes of the block, in a direct buffer. */
    ByteBuffer bytes();

    @Override
    void close();
  }
}
