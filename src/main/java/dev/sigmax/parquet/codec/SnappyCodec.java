package dev.sigmax.parquet.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xerial.snappy.Snappy;

/** Snappy's raw format. */
final class SnappyCodec implements PageCodec {
  @Override
  public void decompress(ByteBuffer compressed, ByteBuffer into) throws IOException {
    // It writes as many bytes as the compressed ones say, whatever room there is.
    int length = Snappy.uncompressedLength(compressed);
    if (length != into.remaining()) {
      throw new IOException("a page of " + into.remaining() + " bytes holds " + length);
    }
    Snappy.uncompress(compressed, into.duplicate());
  }
}
