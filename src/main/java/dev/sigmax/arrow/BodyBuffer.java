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
 * A buffer in the body of a record batch, read through a window as long as it is read from front to
 * back; read as a whole where it is not. Used again for the same buffer of the next record batch.
 * Not thread-safe.
 */
final class BodyBuffer implements Closeable {
  /** {@link #start} of a record batch that is not compressed. */
  static final int NO_CODEC = -1;

  /** Before compressed bytes stands how many they are decompressed; this, where they are not. */
  private static final long NOT_COMPRESSED = -1;

  /** An array's largest size, for any JVM; a block of memory may lie in one. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final FileBytes file;
  private final PageMemory memory;
  private final int windowBytes;

  private PageMemory.Block block;
  private ByteBuffer window;

  private InputStream decompressed;
  private long position;
  private long size;
  private Place place;
  private boolean whole;
  private long first;
  private long end;
  private byte[] copied = new byte[0];

  /** Where a buffer lies in the file, and how it is compressed. */
  private record Place(long from, long bytes, int codec) {}

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
    place = new Place(from, bytes, codec);
    whole = false;
    begin(from, bytes, codec);
  }

  private void begin(long from, long bytes, int codec) throws IOException {
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
    long told = prefix.flip().getLong();
    if (told == NOT_COMPRESSED) {
      size = bytes - Long.BYTES;
      return;
    }
    if (told < 0) {
      throw new DamagedFile("a compressed buffer that should hold " + told + " bytes");
    }
    size = told;
    InputStream compressed = new CompressedBytes(file, position, bytes - Long.BYTES, windowBytes);
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
   * Makes sure that so many values fit in.
   *
   * @throws DamagedFile if they do not
   */
  void requireRoomFor(long values, long bits) {
    boolean fits =
        values <= Long.MAX_VALUE / bits - 1 && (values * bits + Byte.SIZE - 1) / Byte.SIZE <= size;
    if (!fits) {
      throw new DamagedFile(
          values + " values of " + bits + " bits should lie in a buffer of " + size + " bytes");
    }
  }

  /**
   * Some of its bytes, little-endian, until the next call. Where a call goes back behind where one
   * before it began, the buffer is read again, and stays in memory as a whole.
   */
  ByteBuffer view(long from, long bytes) throws IOException {
    if (bytes < 0 || bytes > Integer.MAX_VALUE || from < 0 || from > size - bytes) {
      throw new DamagedFile(bytes + " bytes should lie at " + from + " of a buffer of " + size);
    }
    if (bytes == 0) {
      return ByteBuffer.allocate(0);
    }
    if (from < first) {
      goBack();
    }
    if (from + bytes > end) {
      fill(from, (int) bytes);
    }
    return window.slice((int) (from - first), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The first of so many bytes, as many as the window has in whole values, and at least one value.
   * Otherwise as {@link #view}.
   */
  ByteBuffer next(long from, long bytes, int width) throws IOException {
    boolean begun = from >= first && end - from >= width;
    long most = begun ? end - from : Math.max(width, windowBytes);
    return view(from, Math.min(bytes, most - most % width));
  }

  /** One too large to be there as a whole is read again from its begin each time. */
  private void goBack() throws IOException {
    begin(place.from(), place.bytes(), place.codec());
    whole = size <= MOST_BYTES;
    if (whole) {
      fill(0, (int) size);
    }
  }

  /** Gives its memory back where it was read forwards so far; it may be asked for more. */
  void leave() throws IOException {
    if (!whole) {
      first = end;
      closeBlock();
    }
  }

  private void fill(long from, int bytes) throws IOException {
    int wanted = (int) Math.max(bytes, Math.min(windowBytes, size - from));
    if (from > end) {
      skip(from - end);
    }
    int there = (int) (end - from);
    do {
      // How much a compressed buffer holds is known when it has been read.
      int room =
          decompressed == null ? wanted : (int) Math.min(wanted, Math.max(windowBytes, 2L * there));
      makeRoom(room, (int) (from - first), there);
      first = from;
      window.clear().position(there).limit(room);
      read(window);
      there = room;
      end = from + there;
    } while (there < wanted);
  }

  /** Makes the window large enough; it begins with what there is in it from a place on. */
  private void makeRoom(int room, int from, int there) {
    ByteBuffer before = window;
    PageMemory.Block old = null;
    if (window == null || window.capacity() < room) {
      old = block;
      block = memory.allocate(room);
      window = block.bytes();
    }
    if (there > 0) {
      window.clear().put(before.slice(from, there));
    }
    if (old != null) {
      old.close();
    }
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
    int piece = Math.min(windowBytes, into.remaining());
    copied = copied.length < piece ? new byte[piece] : copied;
    while (into.hasRemaining()) {
      int wanted = Math.min(copied.length, into.remaining());
      int count;
      try {
        count = decompressed.readNBytes(copied, 0, wanted);
      } catch (IOException e) {
        throw damaged(e);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      if (count < wanted) {
        throw new DamagedFile("a compressed buffer of " + size + " bytes ends early");
      }
      into.put(copied, 0, count);
    }
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
    closeBlock();
  }

  private void closeBlock() {
    if (block != null) {
      block.close();
      block = null;
      window = null;
    }
  }
}
