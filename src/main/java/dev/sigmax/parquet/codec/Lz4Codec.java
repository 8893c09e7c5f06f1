package dev.sigmax.parquet.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** LZ4's block format. */
final class Lz4Codec implements PageCodec {
  private final LZ4SafeDecompressor lz4 = LZ4Factory.fastestInstance().safeDecompressor();

  @Override
  public void decompress(ByteBuffer compressed, ByteBuffer into) throws IOException {
    int length;
    try {
      length =
          lz4.decompress(
              compressed,
              compressed.position(),
              compressed.remaining(),
              into,
              into.position(),
              into.remaining());
    } catch (LZ4Exception e) {
      throw new IOException("a page cannot be decompressed: " + e.getMessage(), e);
    }
    if (length != into.remaining()) {
      throw new IOException("a page of " + into.remaining() + " bytes holds " + length);
    }
  }
}
