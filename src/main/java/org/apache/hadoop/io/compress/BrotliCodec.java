package org.apache.hadoop.io.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * Reads Brotli; writes none. Parquet names this class, in this package, for its codec BROTLI, and
 * neither Hadoop nor Spark has it, so files that others wrote with Brotli could not be read.
 */
public final class BrotliCodec implements CompressionCodec {
  private static final String NO_WRITING = "Brotli is only read";

  @Override
  public CompressionInputStream createInputStream(InputStream in) throws IOException {
    BrotliInputStream decompressed = new BrotliInputStream(in);
    return new CompressionInputStream(in) {
      @Override
      public int read() throws IOException {
        return decompressed.read();
      }

      @Override
      public int read(byte[] bytes, int from, int count) throws IOException {
        return decompressed.read(bytes, from, count);
      }

      @Override
      public void resetState() {
        throw new UnsupportedOperationException("a Brotli stream is read once");
      }
    };
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in, Decompressor decompressor)
      throws IOException {
    return createInputStream(in);
  }

  /** None: the stream decompresses. */
  @Override
  public Class<? extends Decompressor> getDecompressorType() {
    return null;
  }

  /** None: the stream decompresses. */
  @Override
  public Decompressor createDecompressor() {
    return null;
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out) {
    throw new UnsupportedOperationException(NO_WRITING);
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out, Compressor compressor) {
    throw new UnsupportedOperationException(NO_WRITING);
  }

  @Override
  public Class<? extends Compressor> getCompressorType() {
    throw new UnsupportedOperationException(NO_WRITING);
  }

  @Override
  public Compressor createCompressor() {
    throw new UnsupportedOperationException(NO_WRITING);
  }

  @Override
  public String getDefaultExtension() {
    return ".br";
  }
}
