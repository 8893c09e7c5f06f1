package dev.sigmax.parquet.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Decompresses pages, from one direct buffer into another. Not thread-safe. */
public interface PageCodec extends AutoCloseable {
  /**
   * Decompresses all of {@code compressed} and fills {@code into} with it. Both buffers stay the
   * caller's; where their positions are left is not promised.
   *
   * @throws IOException if that is not what {@code compressed} comes to
   */
  void decompress(ByteBuffer compressed, ByteBuffer into) throws IOException;

  /** How many times larger than its compressed bytes a page can be. */
  default long mostExpansion() {
    return 1100;
  }

  /** Frees what the codec holds outside the heap; it serves no page afterwards. */
  @Override
  default void close() {}

  /** Whether there is a codec of a name; the others are left to parquet-java. */
  static boolean serves(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED, SNAPPY, ZSTD, GZIP, LZ4_RAW -> true;
      case LZO, BROTLI, LZ4 -> false;
    };
  }

  /**
   * A codec of a name, closed by who asked for it.
   *
   * @throws IllegalArgumentException if the name is not served
   */
  static PageCodec of(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> new CopyCodec();
      case SNAPPY -> new SnappyCodec();
      case ZSTD -> new ZstdCodec();
      case GZIP -> new GzipCodec();
      case LZ4_RAW -> new Lz4Codec();
      case LZO, BROTLI, LZ4 -> throw new IllegalArgumentException(name + " is not served");
    };
  }
}
