package dev.sigmax.parquet.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.api.Test;

/** Levels as parquet-java's own decoder reads them. */
class LevelsTest {
  private static byte[] decoded(byte[] levels, int bitWidth, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(levels).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(bytes.remaining() - Integer.BYTES, bytes.getInt());
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(bitWidth, ByteBufferInputStream.wrap(bytes));
    byte[] all = new byte[count];
    for (int i = 0; i < count; i++) {
      all[i] = (byte) decoder.readInt();
    }
    return all;
  }

  @Test
  void aPageWithoutNullsHasOneRun() throws IOException {
    for (int count : new int[] {1, 7, 8, 63, 64, 8191, 1 << 20, Integer.MAX_VALUE >> 1}) {
      byte[] levels = Levels.same(1, count);
      assertTrue(levels.length <= Levels.OF_NO_NULL, count + " values take " + levels.length);
      byte[] expected = {1, 1, 1};
      assertArrayEquals(
          count < 3 ? new byte[] {1} : expected, decoded(levels, 1, Math.min(count, 3)));
    }
    assertArrayEquals(new byte[] {2, 2}, decoded(Levels.same(2, 2), 2, 2));
  }

  @Test
  void anyLevelsComeBack() throws IOException {
    Random random = new Random(7);
    for (int highest = 1; highest <= 3; highest++) {
      for (int count : new int[] {1, 8, 9, 1000, 70_000}) {
        byte[] levels = new byte[count + 5];
        int run = 0;
        byte level = 0;
        for (int i = 0; i < count; i++) {
          if (run-- == 0) {
            run = random.nextInt(20);
            level = (byte) random.nextInt(highest + 1);
          }
          levels[i] = level;
        }
        int bitWidth = highest == 1 ? 1 : 2;
        byte[] expected = Arrays.copyOf(levels, count);
        assertArrayEquals(expected, decoded(Levels.of(levels, count, highest), bitWidth, count));
      }
    }
  }
}
