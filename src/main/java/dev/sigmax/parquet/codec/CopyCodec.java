package dev.sigmax.parquet.codec;

import java.io.IOException;
import java.nio.ByteBuffer;

/** No compression. Pages are read where they lie; only what is not a page is copied. */
final class CopyCodec implements PageCodec {
  @Override
  public void decompress(ByteBuffer compressed, ByteBuffer into) throws IOException {
    if (compressed.remaining() != into.remaining()) {
      throw new IOException(
          "a page of " + into.remaining() + " bytes takes " + compressed.remaining());
    }
    into.put(compressed);
  }

  @Override
  public long mostExpansion() {
    return 1;
  }
}
