package dev.sigmax.parquet.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesReader;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayReader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * The delta encodings, decoded by parquet-java. It makes room for as many values as a page's own
 * header claims, so that the claim is looked at first.
 */
final class DeltaPages {
  /** Writers make blocks of 128 values. */
  private static final int LARGEST_BLOCK = 1 << 16;

  private DeltaPages() {}

  /**
   * A reader of a page's values.
   *
   * @param count at most so many values
   * @throws RuntimeException if the page makes no sense
   */
  static ValuesReader reader(Encoding encoding, int count, ByteBuffer page) {
    try {
      requireSense(page, count);
      ValuesReader reader =
          switch (encoding) {
            case DELTA_BINARY_PACKED -> new DeltaBinaryPackingValuesReader();
            case DELTA_LENGTH_BYTE_ARRAY -> new DeltaLengthByteArrayValuesReader();
            default -> {
              requireSense(behindNumbers(page, count), count);
              yield new DeltaByteArrayReader();
            }
          };
      reader.initFromPage(count, ByteBufferInputStream.wrap(page.duplicate()));
      return reader;
    } catch (IOException e) {
      throw new ParquetDecodingException(e.getMessage());
    }
  }

  /** What follows a page's first block of numbers. */
  private static ByteBuffer behindNumbers(ByteBuffer page, int count) throws IOException {
    ByteBufferInputStream in = ByteBufferInputStream.wrap(page.duplicate());
    new DeltaBinaryPackingValuesReader().initFromPage(count, in);
    return page.slice(page.position() + (int) in.position(), in.available());
  }

  private static void requireSense(ByteBuffer numbers, int count) throws IOException {
    // Throws at its end; at -1 parquet-java 1.15 would read a varint for ever.
    InputStream in = ByteBufferInputStream.wrap(numbers.duplicate());
    int block = BytesUtils.readUnsignedVarInt(in);
    int parts = BytesUtils.readUnsignedVarInt(in);
    int values = BytesUtils.readUnsignedVarInt(in);
    if (block < 1 || block > LARGEST_BLOCK || parts < 1 || parts > block) {
      throw new ParquetDecodingException("blocks of " + block + " values in " + parts + " parts");
    }
    if (values < 0 || values > count) {
      throw new ParquetDecodingException(values + " values in a page of " + count);
    }
  }
}
