package dev.sigmax.parquet.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/**
 * Repetition and definition levels as a version 1 data page has them: four bytes of length, then
 * runs and bit-packed groups.
 */
final class Levels {
  /** Room that is enough for the levels of a page of which no value is null. */
  static final int OF_NO_NULL = 16;

  private static final int FIRST_SLAB = 64;

  private static final int MOST_SLAB = 1 << 16;

  private Levels() {}

  /** The same level, {@code count} times. */
  static byte[] same(int level, int count) throws IOException {
    ByteArrayOutputStream run = new ByteArrayOutputStream(OF_NO_NULL);
    BytesUtils.writeUnsignedVarInt(count << 1, run);
    run.write(level);
    return withLength(BytesInput.from(run.toByteArray()));
  }

  /** Any levels, up to {@code highest}. */
  static byte[] of(byte[] levels, int count, int highest) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            BytesUtils.getWidthFromMaxInt(highest),
            FIRST_SLAB,
            MOST_SLAB,
            HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < count; i++) {
        encoder.writeInt(levels[i]);
      }
      return withLength(encoder.toBytes());
    }
  }

  private static byte[] withLength(BytesInput levels) {
    int length = Math.toIntExact(levels.size());
    ByteBuffer all =
        ByteBuffer.allocate(Integer.BYTES + length).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
    return all.put(inHeap(levels)).array();
  }

  /** The bytes in one buffer, perhaps a view of them. */
  static ByteBuffer inHeap(BytesInput bytes) {
    return bytes.toByteBuffer(HeapByteBufferAllocator.getInstance(), buffer -> {});
  }
}
