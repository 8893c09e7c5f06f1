package dev.sigmax.arrow;

import dev.sigmax.parquet.bytes.FileBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The compressed bytes of a buffer, read from the file piece by piece. Not thread-safe. */
final class CompressedBytes extends InputStream {
  private final FileBytes file;
  private final byte[] piece;
  private long position;
  private long left;
  private int next;
  private int there;

  CompressedBytes(FileBytes file, long position, long bytes, int pieceBytes) {
    this.file = file;
    this.position = position;
    this.left = bytes;
    this.piece = new byte[(int) Math.min(pieceBytes, Math.max(1, bytes))];
  }

  @Override
  public int read() {
    return fill() ? Byte.toUnsignedInt(piece[next++]) : -1;
  }

  @Override
  public int read(byte[] into, int from, int count) {
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(count, there - next);
    System.arraycopy(piece, next, into, from, taken);
    next += taken;
    return taken;
  }

  private boolean fill() {
    if (next < there) {
      return true;
    }
    there = (int) Math.min(piece.length, left);
    next = 0;
    if (there == 0) {
      return false;
    }
    try {
      file.read(position, ByteBuffer.wrap(piece, 0, there));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    position += there;
    left -= there;
    return true;
  }
}
