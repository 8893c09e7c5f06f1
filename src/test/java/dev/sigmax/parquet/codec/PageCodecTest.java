package dev.sigmax.parquet.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the compressors of parquet-java. */
class PageCodecTest {
  private static final int SIZE = 10_000;

  private static byte[] page(Random random) {
    byte[] page = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      page[i] = (byte) (i % 100 < 50 ? i / 100 : random.nextInt(16));
    }
    return page;
  }

  private static byte[] compressed(byte[] page, CompressionCodecName name) throws IOException {
    CodecFactory factory = new CodecFactory(new Configuration(), 1 << 16);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      factory.getCompressor(name).compress(BytesInput.from(page)).writeAllTo(bytes);
      return bytes.toByteArray();
    } finally {
      factory.release();
    }
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static byte[] decompressed(PageCodec codec, byte[] compressed, int size)
      throws IOException {
    ByteBuffer into = ByteBuffer.allocateDirect(size);
    codec.decompress(direct(compressed), into);
    byte[] page = new byte[size];
    into.clear().get(page);
    return page;
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void pagesComeBackAndOthersAreRefused(CompressionCodecName name) throws IOException {
    Random random = new Random(3);
    byte[] page = page(random);
    byte[] compressed = compressed(page, name);
    try (PageCodec codec = PageCodec.of(name)) {
      assertArrayEquals(page, decompressed(codec, compressed, SIZE));
      assertThrows(IOException.class, () -> decompressed(codec, compressed, SIZE - 1));
      assertThrows(IOException.class, () -> decompressed(codec, compressed, SIZE + 1));
      assertThrows(
          IOException.class,
          () -> decompressed(codec, Arrays.copyOf(compressed, compressed.length / 2), SIZE));
      for (int i = 0; i < 2000; i++) {
        byte[] damaged = compressed.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
        try {
          assertEquals(SIZE, decompressed(codec, damaged, SIZE).length);
        } catch (IOException refused) {
          // As it should be, where the codec can tell.
        }
      }
      // It is as good as before.
      assertArrayEquals(page, decompressed(codec, compressed, SIZE));
    }
  }

  @Test
  void gzipOfSeveralMembersIsOnePage() throws IOException {
    byte[] page = page(new Random(4));
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(compressed(Arrays.copyOf(page, 4000), CompressionCodecName.GZIP));
    members.write(compressed(Arrays.copyOfRange(page, 4000, SIZE), CompressionCodecName.GZIP));
    try (PageCodec codec = PageCodec.of(CompressionCodecName.GZIP)) {
      assertArrayEquals(page, decompressed(codec, members.toByteArray(), SIZE));
    }
  }
}
