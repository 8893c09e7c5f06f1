package dev.sigmax.arrow;

import com.github.luben.zstd.ZstdInputStream;
import dev.sigmax.parquet.bytes.FileBytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.arrow.flatbuf.CompressionType;

/**
 * The bytes of a buffer in the body of a record batch from front to back, decompressed. Holds
 * memory only from the first of them that is asked for until it is closed or begins again. Not
 * thread-safe.
 */
final class BufferStream implements Closeable {
  /** {@link #start} of a record batch that is not compressed. */
  static final int NO_CODEC = -1;

  /** Before compressed bytes stands how many they are decompressed; this, where they are not. */
  private static final long NOT_COMPRESSED = -1;

  private static final byte[] NONE = {};

  private final FileBytes file;
  private final int pieceBytes;
  private long from;
  private long bytes;
  private int codec;
  private long size;
  private long position;
  private InputStream decompressed;
  private byte[] copied = NONE;

  /** A stream that reads about so many bytes of the file at once. */
  BufferStream(FileBytes file, int pieceBytes) {
    this.file = file;
    this.pieceBytes = pieceBytes;
  }

  /**
   * Takes the buffer of the next record batch.
   *
   * @param place where it begins in the file
   * @param length how long it is there
   * @param compression the codec of the record batch, or {@link #NO_CODEC}
   */
  void start(long place, long length, int compression) throws IOException {
    close();
    from = place;
    bytes = length;
    codec = length == 0 ? NO_CODEC : compression;
    size = length;
    if (codec != NO_CODEC) {
      takePrefix();
    }
    again();
  }

  private void takePrefix() throws IOException {
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes < prefix.remaining()) {
      throw new DamagedFile("a compressed buffer of " + bytes + " bytes");
    }
    file.read(from, prefix);
    from += Long.BYTES;
    bytes -= Long.BYTES;
    size = prefix.flip().getLong();
    if (size == NOT_COMPRESSED) {
      codec = NO_CODEC;
      size = bytes;
    }
    if (size < 0) {
      throw new DamagedFile("a compressed buffer that should hold " + size + " bytes");
    }
  }

  /** Begins at the front again. */
  void again() throws IOException {
    close();
    position = from;
  }

  /** How many bytes it has, decompressed; where they are compressed, that is what it claims. */
  long size() {
    return size;
  }

  boolean isCompressed() {
    return codec != NO_CODEC;
  }

  /** Leaves out the next bytes. */
  void skip(long count) throws IOException {
    if (!isCompressed()) {
      position += count;
      return;
    }
    open();
    try {
      decompressed.skipNBytes(count);
    } catch (IOException e) {
      throw damaged(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Fills the buffer with the next bytes.
   *
   * @throws DamagedFile if they cannot be decompressed, or are fewer
   */
  void read(ByteBuffer into) throws IOException {
    if (!isCompressed()) {
      int count = into.remaining();
      file.read(position, into);
      position += count;
      return;
    }
    open();
    int piece = Math.min(pieceBytes, into.remaining());
    copied = copied.length < piece ? new byte[piece] : copied;
    while (into.hasRemaining()) {
      into.put(copied, 0, readPiece(Math.min(copied.length, into.remaining())));
    }
  }

  private int readPiece(int wanted) throws IOException {
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
    return count;
  }

  private void open() throws IOException {
    if (decompressed != null) {
      return;
    }
    InputStream compressed = new CompressedBytes(file, from, bytes, pieceBytes);
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

  /** What is wrong with the compressed bytes; files that cannot be read fail otherwise. */
  private static DamagedFile damaged(IOException e) {
    return new DamagedFile("a buffer cannot be decompressed: " + e.getMessage());
  }

  /** Gives its memory back; to be used from {@link #start} or {@link #again} on. */
  @Override
  public void close() throws IOException {
    if (decompressed != null) {
      decompressed.close();
      decompressed = null;
      copied = NONE;
    }
  }
}
