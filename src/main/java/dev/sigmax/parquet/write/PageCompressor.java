package dev.sigmax.parquet.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages from one array into another. Snappy is called directly: parquet-java's way to it
 * copies a page four times. Every other codec is parquet-java's.
 */
public final class PageCompressor implements AutoCloseable {
  private final CompressionCodecName codec;
  private final CodecFactory factory;
  private final BytesInputCompressor compressor;

  public PageCompressor(CompressionCodecName codec, Configuration configuration, int pageBytes) {
    this.codec = codec;
    this.factory = new CodecFactory(configuration, pageBytes);
    this.compressor = factory.getCompressor(codec);
  }

  public CompressionCodecName codec() {
    return codec;
  }

  /** How much room {@link #compress} may need. */
  int most(int length) {
    // Snappy tells, with an int that runs over; no other codec makes bytes that cannot be
    // compressed larger than this.
    long most =
        codec == CompressionCodecName.SNAPPY
            ? 32 + length + length / 6L
            : length + length / 2L + (1 << 10);
    return (int) Math.min(Integer.MAX_VALUE - 8, most);
  }

  /**
   * Compresses a page.
   *
   * @param page its bytes, in an array
   * @return how many bytes were put into {@code into} at {@code at}
   */
  int compress(ByteBuffer page, byte[] into, int at) throws IOException {
    int from = page.arrayOffset() + page.position();
    if (codec == CompressionCodecName.SNAPPY) {
      return Snappy.compress(page.array(), from, page.remaining(), into, at);
    }
    BytesInput result = compressor.compress(BytesInput.from(page.array(), from, page.remaining()));
    ByteBuffer compressed = Levels.inHeap(result);
    int length = compressed.remaining();
    compressed.get(into, at, length);
    return length;
  }

  @Override
  public void close() {
    factory.release();
  }
}
