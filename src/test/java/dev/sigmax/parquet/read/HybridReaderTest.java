package dev.sigmax.parquet.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;

/** Against the encoder of parquet-java. */
class HybridReaderTest {
  private static final int VALUES = 3000;

  /** Runs of all lengths, and stretches without any. */
  private static int[] values(int width, Random random) {
    int[] values = new int[VALUES];
    int i = 0;
    while (i < VALUES) {
      boolean run = random.nextBoolean();
      int value = masked(random.nextInt(), width);
      for (int end = Math.min(VALUES, i + 1 + random.nextInt(100)); i < end; i++) {
        values[i] = run ? value : masked(random.nextInt(), width);
      }
    }
    return values;
  }

  private static int masked(int value, int width) {
    return (int) (value & ((1L << width) - 1));
  }

  private static ByteBuffer encoded(int[] values, int width) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(width, 64, 1 << 16, new HeapByteBufferAllocator())) {
      for (int value : values) {
        encoder.writeInt(value);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      encoder.toBytes().writeAllTo(bytes);
      return ByteBuffer.wrap(bytes.toByteArray());
    }
  }

  @Test
  void valuesOfEveryWidthAreReadInPartsOfAnyLength() throws IOException {
    Random random = new Random(7);
    for (int width = 0; width <= 32; width++) {
      int[] values = values(width, random);
      HybridReader reader = new HybridReader();
      reader.start(encoded(values, width), width);
      int[] read = new int[VALUES];
      for (int done = 0; done < VALUES; ) {
        int count = Math.min(VALUES - done, 1 + random.nextInt(200));
        reader.read(read, done, count);
        done += count;
      }
      assertArrayEquals(values, read, width + " bits");
    }
  }

  @Test
  void bitsAreReadInPartsOfAnyLength() throws IOException {
    Random random = new Random(8);
    int[] values = values(1, random);
    HybridReader reader = new HybridReader();
    reader.start(encoded(values, 1), 1);
    Bits bits = new Bits();
    while (bits.size() < VALUES) {
      reader.read(bits, Math.min(VALUES - bits.size(), 1 + random.nextInt(200)));
    }
    for (int i = 0; i < VALUES; i++) {
      assertEquals(values[i] == 1, bits.get(i), "bit " + i);
    }
  }

  @Test
  void aRunIsPassedOverOnlyIfItIsOne() throws IOException {
    HybridReader reader = new HybridReader();
    int[] ones = new int[100];
    Arrays.fill(ones, 1);
    reader.start(encoded(ones, 1), 1);
    assertFalse(reader.skipRun(0, 100));
    assertFalse(reader.skipRun(1, 101));
    assertTrue(reader.skipRun(1, 60));
    assertTrue(reader.skipRun(1, 40));
  }

  @Test
  void valuesOfNoBitsNeedNoBytes() {
    HybridReader reader = new HybridReader();
    reader.start(ByteBuffer.allocate(0), 0);
    int[] read = {5, 5, 5};
    reader.read(read, 0, 3);
    assertArrayEquals(new int[3], read);
  }

  @Test
  void emptyRunsAreNoEnd() {
    HybridReader reader = new HybridReader();
    // A run of none, no groups, and three times a 1.
    reader.start(ByteBuffer.wrap(new byte[] {0, 1, 1, 6, 1}), 1);
    int[] read = new int[3];
    reader.read(read, 0, 3);
    assertArrayEquals(new int[] {1, 1, 1}, read);
  }

  @Test
  void whatEndsEarlyOrHasTooManyBitsIsRefused() {
    HybridReader reader = new HybridReader();
    reader.start(ByteBuffer.wrap(new byte[] {6, 1}), 1);
    assertThrows(IndexOutOfBoundsException.class, () -> reader.read(new int[4], 0, 4));
    reader.start(ByteBuffer.wrap(new byte[] {3, 1}), 2);
    assertThrows(IllegalArgumentException.class, () -> reader.read(new int[8], 0, 8));
    reader.start(ByteBuffer.wrap(new byte[] {6, 2}), 1);
    assertThrows(IllegalArgumentException.class, () -> reader.read(new int[1], 0, 1));
    reader.start(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1}), 1);
    assertThrows(IllegalArgumentException.class, () -> reader.read(new int[1], 0, 1));
    assertThrows(IllegalArgumentException.class, () -> reader.start(ByteBuffer.allocate(1), 33));
  }
}
