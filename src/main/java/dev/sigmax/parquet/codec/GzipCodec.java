package dev.sigmax.parquet.codec;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Gzip (RFC 1952), one member or several. */
final class GzipCodec implements PageCodec {
  private static final short MAGIC = (short) 0x8b1f;
  private static final int DEFLATED = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();

  @Override
  public void decompress(ByteBuffer compressed, ByteBuffer into) throws IOException {
    ByteBuffer in = compressed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = into.duplicate();
    try {
      while (in.hasRemaining()) {
        member(in, out);
      }
    } catch (DataFormatException | BufferUnderflowException | IllegalArgumentException e) {
      throw new IOException("a page is no gzip: " + e, e);
    }
    if (out.hasRemaining()) {
      throw new IOException("a page ends " + out.remaining() + " bytes early");
    }
  }

  private void member(ByteBuffer in, ByteBuffer out) throws IOException, DataFormatException {
    header(in);
    int from = out.position();
    inflater.reset();
    inflater.setInput(in);
    while (!inflater.finished()) {
      if (inflater.inflate(out) == 0 && !inflater.finished()) {
        throw new IOException(
            out.hasRemaining() ? "a page is cut off" : "a page holds more bytes than it should");
      }
    }
    crc.reset();
    crc.update(out.duplicate().flip().position(from));
    boolean whole = in.getInt() == (int) crc.getValue();
    if (!whole || in.getInt() != out.position() - from) {
      throw new IOException("a page's gzip checksum or length is wrong");
    }
  }

  private static void header(ByteBuffer in) throws IOException {
    if (in.getShort() != MAGIC || in.get() != DEFLATED) {
      throw new IOException("a page is no gzip");
    }
    int flags = in.get();
    // Time, extra flags and system.
    in.position(in.position() + 6);
    if ((flags & EXTRA) != 0) {
      int length = Short.toUnsignedInt(in.getShort());
      in.position(in.position() + length);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        skipText(in);
      }
    }
    if ((flags & HEADER_CRC) != 0) {
      in.getShort();
    }
  }

  private static void skipText(ByteBuffer in) {
    byte last = in.get();
    while (last != 0) {
      last = in.get();
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
