package dev.sigmax.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.read.CountedMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.CompressionType;
import org.junit.jupiter.api.Test;

class BodyBufferTest {
  private static final int WINDOW = 64;

  /** A file of bytes that count up, and where it was read. */
  private static final class Bytes implements FileBytes {
    private final byte[] all;
    private final List<Range> reads = new ArrayList<>();

    Bytes(byte[] all) {
      this.all = all;
    }

    @Override
    public void read(long position, ByteBuffer into) {
      reads.add(new Range(position, into.remaining()));
      into.put(all, (int) position, into.remaining());
    }

    @Override
    public int piece() {
      return WINDOW;
    }

    @Override
    public void close() {}
  }

  private static byte[] counting(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /** In a compressed buffer: how many bytes it claims, and a frame. */
  private static byte[] compressed(byte[] bytes, long claimed) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed).array());
    try (OutputStream out = new com.github.luben.zstd.ZstdOutputStream(frame)) {
      out.write(bytes);
    }
    return frame.toByteArray();
  }

  private static void assertCounts(int from, int count, ByteBuffer view) {
    assertEquals(count, view.remaining());
    for (int i = 0; i < count; i++) {
      assertEquals((byte) (from + i), view.get(i), "at " + (from + i));
    }
  }

  @Test
  void valuesGoThroughTheWindowWithoutBeingMovedWithinIt() throws IOException {
    Bytes file = new Bytes(counting(200));
    CountedMemory memory = new CountedMemory();
    try (BodyBuffer buffer = new BodyBuffer(file, memory, WINDOW)) {
      buffer.start(0, 200, BufferStream.NO_CODEC);
      for (int from = 0; from < 200; ) {
        ByteBuffer some = buffer.next(from, Math.min(40, 200 - from), Double.BYTES);
        assertCounts(from, some.remaining(), some);
        from += some.remaining();
      }
    }
    // Each byte was read into the place from which it was taken.
    assertEquals(
        List.of(
            new FileBytes.Range(0, 64),
            new FileBytes.Range(64, 64),
            new FileBytes.Range(128, 64),
            new FileBytes.Range(192, 8)),
        file.reads);
    assertEquals(1, memory.allocations);
    assertEquals(0, memory.lent);
  }

  @Test
  void aBufferInWhichOneGoesBackIsReadOnceMoreAndThenStays() throws IOException {
    byte[] bytes = counting(200);
    for (boolean zstd : new boolean[] {false, true}) {
      byte[] stored = zstd ? compressed(bytes, bytes.length) : bytes;
      Bytes file = new Bytes(stored);
      CountedMemory memory = new CountedMemory();
      try (BodyBuffer buffer = new BodyBuffer(file, memory, WINDOW)) {
        buffer.start(0, stored.length, zstd ? CompressionType.ZSTD : BufferStream.NO_CODEC);
        assertCounts(150, 20, buffer.view(150, 20));
        assertCounts(10, 30, buffer.view(10, 30));
        int reads = file.reads.size();
        for (int from : new int[] {190, 0, 100, 60}) {
          assertCounts(from, 10, buffer.view(from, 10));
        }
        buffer.leave();
        assertCounts(0, 200, buffer.view(0, 200));
        assertEquals(reads, file.reads.size());
      }
      assertEquals(0, memory.lent);
    }
  }

  @Test
  void aBufferThatWasLeftGivesItsMemoryBackAndIsReadOn() throws IOException {
    byte[] bytes = counting(200);
    for (boolean zstd : new boolean[] {false, true}) {
      byte[] stored = zstd ? compressed(bytes, bytes.length) : bytes;
      CountedMemory memory = new CountedMemory();
      try (BodyBuffer buffer = new BodyBuffer(new Bytes(stored), memory, WINDOW)) {
        buffer.start(0, stored.length, zstd ? CompressionType.ZSTD : BufferStream.NO_CODEC);
        assertCounts(0, 10, buffer.view(0, 10));
        buffer.leave();
        assertEquals(0, memory.lent);
        assertCounts(70, 10, buffer.view(70, 10));
        assertCounts(0, 10, buffer.view(0, 10));
      }
      assertEquals(0, memory.lent);
    }
  }

  @Test
  void memoryIsTakenForWhatIsThereAndNotForWhatIsClaimed() throws IOException {
    byte[] stored = compressed(counting(200), 2_000_000_000);
    CountedMemory memory = new CountedMemory();
    try (BodyBuffer buffer = new BodyBuffer(new Bytes(stored), memory, WINDOW)) {
      buffer.start(0, stored.length, CompressionType.ZSTD);
      assertThrows(DamagedFile.class, () -> buffer.view(0, 1_900_000_000));
    }
    assertEquals(0, memory.lent);
    assertEquals(256, memory.largest);
  }
}
