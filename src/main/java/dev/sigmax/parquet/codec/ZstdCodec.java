package dev.sigmax.parquet.codec;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Zstandard, one frame or several. */
final class ZstdCodec implements PageCodec {
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();

  @Override
  public void decompress(ByteBuffer compressed, ByteBuffer into) throws IOException {
    int length;
    try {
      length =
          context.decompressDirectByteBuffer(
              into,
              into.position(),
              into.remaining(),
              compressed,
              compressed.position(),
              compressed.remaining());
    } catch (ZstdException e) {
      throw new IOException("a page cannot be decompressed: " + e.getMessage(), e);
    }
    if (length != into.remaining()) {
      throw new IOException("a page of " + into.remaining() + " bytes holds " + length);
    }
  }

  @Override
  public long mostExpansion() {
    // A block of 4 bytes holds one byte 128 Ki times.
    return 1 << 15;
  }

  @Override
  public void close() {
    context.close();
  }
}
