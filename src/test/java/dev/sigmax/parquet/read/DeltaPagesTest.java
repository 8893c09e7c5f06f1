package dev.sigmax.parquet.read;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.format.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeltaPagesTest {
  private static final int COUNT = 300;

  private static byte[] page() throws IOException {
    DeltaBinaryPackingValuesWriterForLong writer =
        new DeltaBinaryPackingValuesWriterForLong(
            1024, 1024, HeapByteBufferAllocator.getInstance());
    for (long i = 0; i < COUNT; i++) {
      writer.writeLong(i * i * i);
    }
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    writer.getBytes().writeAllTo(page);
    return page.toByteArray();
  }

  @Test
  void aWholePageGivesItsValues() throws IOException {
    ValuesReader reader =
        DeltaPages.reader(Encoding.DELTA_BINARY_PACKED, COUNT, ByteBuffer.wrap(page()));
    for (long i = 0; i < COUNT; i++) {
      assertEquals(i * i * i, reader.readLong());
    }
  }

  @Test
  @Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPageThatEndsTooSoonIsRefusedWhereverItEnds() throws IOException {
    byte[] page = page();
    for (Encoding encoding :
        new Encoding[] {
          Encoding.DELTA_BINARY_PACKED, Encoding.DELTA_LENGTH_BYTE_ARRAY, Encoding.DELTA_BYTE_ARRAY
        }) {
      for (int length = 0; length < page.length - 1; length++) {
        ByteBuffer cut = ByteBuffer.wrap(page, 0, length).slice();
        assertThrows(
            RuntimeException.class,
            () -> DeltaPages.reader(encoding, COUNT, cut),
            encoding + " " + length);
      }
    }
  }
}
