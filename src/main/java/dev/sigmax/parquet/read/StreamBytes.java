package dev.sigmax.parquet.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.SeekableInputStream;

/** A file behind a stream, where each read may be a request: read in large pieces. */
final class StreamBytes implements FileBytes {
  private static final int PIECE = 1 << 23;

  private final SeekableInputStream in;

  StreamBytes(SeekableInputStream in) {
    this.in = in;
  }

  @Override
  public void read(long position, ByteBuffer into) throws IOException {
    in.seek(position);
    in.readFully(into);
  }

  @Override
  public int piece() {
    return PIECE;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
