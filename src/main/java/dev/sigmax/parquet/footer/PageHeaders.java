package dev.sigmax.parquet.footer;

import dev.sigmax.files.LocalDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * Reads the headers of a column chunk's pages. From a local file, little more than the headers;
 * from a store, where each read is a request, the chunk in large pieces. Owns its stream.
 */
final class PageHeaders implements AutoCloseable {
  private static final int LOCAL_PIECE = 1 << 9;
  private static final int REMOTE_PIECE = 1 << 22;

  private final SeekableInputStream in;
  private final long end;
  private final int piece;
  private byte[] bytes = new byte[0];
  private long from;
  private long next;

  /** The pages between two positions of a file. */
  PageHeaders(HadoopInputFile file, long start, long end) throws IOException {
    this.in = file.newStream();
    this.end = Math.min(end, file.getLength());
    this.piece = LocalDisk.has(file.getPath()) ? LOCAL_PIECE : REMOTE_PIECE;
    this.next = start;
  }

  boolean hasNext() {
    return next < end;
  }

  /**
   * The next header; its page is passed over.
   *
   * @throws IOException if there is none, or it says that its page has less than no bytes
   */
  PageHeader next() throws IOException {
    if (next < from || next >= from + bytes.length) {
      fill(piece);
    }
    while (true) {
      int at = Math.toIntExact(next - from);
      ByteArrayInputStream rest = new ByteArrayInputStream(bytes, at, bytes.length - at);
      try {
        PageHeader header = Util.readPageHeader(rest);
        if (header.getCompressed_page_size() < 0) {
          throw new IllegalArgumentException(
              "a page of " + header.getCompressed_page_size() + " bytes");
        }
        next = from + bytes.length - rest.available() + header.getCompressed_page_size();
        return header;
      } catch (IOException cut) {
        if (from + bytes.length >= end) {
          throw cut;
        }
        // The header goes on behind the piece.
        fill(at == 0 ? 2 * bytes.length : piece);
      }
    }
  }

  private void fill(int size) throws IOException {
    bytes = new byte[(int) Math.min(size, end - next)];
    from = next;
    in.seek(from);
    in.readFully(bytes);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
