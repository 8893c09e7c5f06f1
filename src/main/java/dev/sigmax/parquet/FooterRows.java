package dev.sigmax.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * How many rows a footer says that its file has, all in all. parquet-java reads that and forgets
 * it; a footer that lacks row groups shows by it alone.
 */
final class FooterRows {
  private static final int END_BYTES = 8;

  /** Most footers are in what is read at first. */
  private static final int FIRST_READ = 1 << 14;

  private FooterRows() {}

  /** The rows, or -1 where the footer is encrypted. */
  static long of(InputFile file) throws IOException {
    try (SeekableInputStream in = file.newStream()) {
      byte[] end = last(in, file.getLength(), FIRST_READ);
      String magic = new String(end, end.length - 4, 4, StandardCharsets.US_ASCII);
      if (!magic.equals("PAR1")) {
        return -1;
      }
      int footer =
          ByteBuffer.wrap(end, end.length - END_BYTES, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (footer + END_BYTES > end.length) {
        end = last(in, file.getLength(), footer + END_BYTES);
      }
      return Util.readFileMetaData(
              new ByteArrayInputStream(end, end.length - END_BYTES - footer, footer), true)
          .getNum_rows();
    }
  }

  private static byte[] last(SeekableInputStream in, long length, int count) throws IOException {
    byte[] bytes = new byte[(int) Math.min(length, count)];
    in.seek(length - bytes.length);
    in.readFully(bytes);
    return bytes;
  }
}
