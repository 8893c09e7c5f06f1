package dev.sigmax.arrow;

import com.github.luben.zstd.ZstdInputStream;
import dev.sigmax.parquet.read.FileBytes;
import dev.sigmax.parquet.read.PageMemory;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.arrow.flatbuf.CompressionType;

/**
 * A buffer in the body of a record batch, read from front to back through a window. Used again for
 * the same buffer of the next record batch. Not thread-safe.
 */
final class BodyBuffer implements Closeable {
  /** {@link #start} of a record batch that is not compressed. */
  static final int NO_CODEC = -1;

  /** Before compressed bytes stands how many they are decompressed; this, where they are not. */
  private static final long NOT_COMPRESSED = -1;

  private final FileBytes file;
  private final PageMemory memory;
  private final int windowBytes;

  private PageMemory.Block block;
  private ByteBuffer window;

  private InputStream decompressed;
  private long position;
  private long size;
  private long first;
  private long end;
  private byte[] copied = new byte[0];

  /** A buffer of which about so many bytes are read at once. */
  BodyBuffer(FileBytes file, PageMemory memory, int windowBytes) {
    this.file = file;
    this.memory = memory;
    this.windowBytes = windowBytes;
  }

  /**
   * Takes the buffer of the next record batch.
   *
   * @param from where it begins in the file
   * @param bytes how long it is there
   * @param codec of the record batch, or {@link #NO_CODEC}
   */
  void start(long from, long bytes, int codec) throws IOException {
    endStream();
    first = 0;
    end = 0;
    position = from;
    size = bytes;
    if (codec == NO_CODEC || bytes == 0) {
      return;
    }
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes < prefix.remaining()) {
      throw new DamagedFile("a compressed buffer of " + bytes + " bytes");
    }
    file.read(from, prefix);
    position = from + Long.BYTES;
    long whole = prefix.flip().getLong();
    if (whole == NOT_COMPRESSED) {
      size = bytes - Long.BYTES;
      return;
    }
    if (whole < 0) {
      throw new DamagedFile("a compressed buffer that should hold " + whole + " bytes");
    }
    size = whole;
    InputStream compressed = new Compressed(file, position, bytes - Long.BYTES, windowBytes);
    try {
      decompressed =
          switch (codec) {
            case CompressionType.LZ4_FRAME -> new LZ4FrameInputStream(compressed);
            case CompressionType.ZSTD -> new ZstdInputStream(compressed);
            default -> throw new UnsupportedOperationException("the codec " + codec);
          };
    } catch (IOException e) {
      throw damaged(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** How many bytes it has, decompressed. */
  long size() {
    return size;
  }

  /**
   * Some of its bytes, little-endian, until the next call. No call goes back behind where the one
   * before it began.
   */
  ByteBuffer view(long from, long bytes) throws IOException {
    if (bytes < 0 || bytes > Integer.MAX_VALUE || from < first || from > size - bytes) {
      throw new DamagedFile(bytes + " bytes should lie at " + from + " of a buffer of " + size);
    }
    if (from + bytes > end) {
      fill(from, (int) bytes);
    }
    return bytes == 0
        ? ByteBuffer.allocate(0)
        : window.slice((int) (from - first), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void fill(long from, int bytes) throws IOException {
    int wanted = (int) Math.max(bytes, Math.min(windowBytes, size - from));
    if (from > end) {
      skip(from - end);
    }
    int kept = (int) (end - from);
    ByteBuffer before = window;
    PageMemory.Block old = null;
    if (window == null || window.capacity() < wanted) {
      old = block;
      block = memory.allocate(wanted);
      window = block.bytes();
    }
    if (kept > 0) {
      window.clear().put(before.slice((int) (from - first), kept));
    }
    if (old != null) {
      old.close();
    }
    first = from;
    window.clear().position(kept).limit(wanted);
    read(window);
    end = from + wanted;
  }

  private void skip(long bytes) throws IOException {
    if (decompressed == null) {
      position += bytes;
    } else {
      try {
        decompressed.skipNBytes(bytes);
      } catch (IOException e) {
        throw damaged(e);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    end += bytes;
    first = end;
  }

  private void read(ByteBuffer into) throws IOException {
    if (decompressed == null) {
      int bytes = into.remaining();
      file.read(position, into);
      position += bytes;
      return;
    }
    copied = copied.length < into.remaining() ? new byte[into.remaining()] : copied;
    int count;
    try {
      count = decompressed.readNBytes(copied, 0, into.remaining());
    } catch (IOException e) {
      throw damaged(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (count < into.remaining()) {
      throw new DamagedFile("a compressed buffer of " + size + " bytes ends early");
    }
    into.put(copied, 0, count);
  }

  /** What is wrong with the compressed bytes; files that cannot be read fail otherwise. */
  private static DamagedFile damaged(IOException e) {
    return new DamagedFile("a buffer cannot be decompressed: " + e.getMessage());
  }

  private void endStream() throws IOException {
    if (decompressed != null) {
      decompressed.close();
      decompressed = null;
    }
  }

  @Override
  public void close() throws IOException {
    endStream();
    if (block != null) {
      block.close();
      block = null;
      window = null;
    }
  }

  /** The compressed bytes, piece by piece. */
  private static final class Compressed extends InputStream {
    private final FileBytes file;
    private final byte[] piece;
    private long position;
    private long left;
    private int next;
    private int there;

    Compressed(FileBytes file, long position, long bytes, int pieceBytes) {
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
}
