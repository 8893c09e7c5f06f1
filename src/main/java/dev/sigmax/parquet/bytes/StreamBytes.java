package dev.sigmax.parquet.bytes;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.io.ParquetFileRange;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file behind a stream, where each read may be a request: read in large pieces, or by vectored
 * reads of what was announced. These come in buffers of the heap that the file system asks for as
 * it likes; each is let go when its last byte was read.
 */
final class StreamBytes implements FileBytes {
  private static final int PIECE = 1 << 23;

  /** As long as parquet-java waits. */
  private static final long SECONDS = 300;

  private final SeekableInputStream in;
  private final boolean vectored;
  private final ByteBufferAllocator heap = new HeapByteBufferAllocator();
  private final TreeMap<Long, ParquetFileRange> underWay = new TreeMap<>();

  StreamBytes(SeekableInputStream in, boolean vectored) {
    this.in = in;
    this.vectored = vectored && in.readVectoredAvailable(heap);
  }

  @Override
  public void announce(List<Range> ranges) throws IOException {
    underWay.clear();
    if (!vectored || !areApart(ranges)) {
      return;
    }
    List<ParquetFileRange> wanted = new ArrayList<>();
    for (Range range : ranges) {
      if (range.size() > 0) {
        wanted.add(new ParquetFileRange(range.position(), (int) range.size()));
      }
    }
    if (!wanted.isEmpty()) {
      in.readVectored(wanted, heap);
      wanted.forEach(range -> underWay.put(range.getOffset(), range));
    }
  }

  /** What a damaged footer says is read as it comes, which tells what is wrong. */
  private static boolean areApart(List<Range> ranges) {
    long end = 0;
    for (Range range : ranges.stream().sorted(Comparator.comparingLong(Range::position)).toList()) {
      if (range.position() < end || range.size() < 0 || range.size() > Integer.MAX_VALUE) {
        return false;
      }
      end = range.position() + range.size();
    }
    return true;
  }

  @Override
  public void read(long position, ByteBuffer into) throws IOException {
    Map.Entry<Long, ParquetFileRange> before = underWay.floorEntry(position);
    if (before != null) {
      ParquetFileRange range = before.getValue();
      long last = range.getOffset() + range.getLength();
      if (position + into.remaining() <= last) {
        boolean ended = position + into.remaining() == last;
        copy(range, (int) (position - range.getOffset()), into);
        if (ended) {
          underWay.remove(range.getOffset());
        }
        return;
      }
    }
    in.seek(position);
    in.readFully(into);
  }

  private static void copy(ParquetFileRange range, int from, ByteBuffer into) throws IOException {
    ByteBuffer bytes = await(range);
    if (bytes.remaining() < from + into.remaining()) {
      throw new EOFException(range + " came with " + bytes.remaining() + " bytes");
    }
    into.put(bytes.slice(bytes.position() + from, into.remaining()));
  }

  private static ByteBuffer await(ParquetFileRange range) throws IOException {
    try {
      return range.getDataReadFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(range + " did not come within " + SECONDS + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while " + range + " was on its way").initCause(e);
    }
  }

  @Override
  public int piece() {
    return PIECE;
  }

  @Override
  public void close() throws IOException {
    underWay.clear();
    in.close();
  }
}
