package dev.sigmax.columnar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/**
 * Repetition and definition levels as a version 1 data page has them: four bytes of length, then
 * runs and bit-packed groups.
 */
final class Levels {
  private static final int FIRST_SLAB = 64;
  private static final int MOST_SLAB = 1 << 16;

  private Levels() {}

  /** The same level, {@code count} times. */
  static BytesInput same(int level, int count) throws IOException {
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    BytesUtils.writeUnsignedVarInt(count << 1, run);
    run.write(level);
    return withLength(BytesInput.from(run.toByteArray()));
  }

  /** Any levels, up to {@code highest}. */
  static BytesInput of(byte[] levels, int count, int highest) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            BytesUtils.getWidthFromMaxInt(highest),
            FIRST_SLAB,
            MOST_SLAB,
            HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < count; i++) {
        encoder.writeInt(levels[i]);
      }
      return withLength(BytesInput.copy(encoder.toBytes()));
    }
  }

  private static BytesInput withLength(BytesInput levels) {
    return BytesInput.concat(BytesInput.fromInt(Math.toIntExact(levels.size())), levels);
  }
}
