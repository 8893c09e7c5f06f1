package dev.sigmax.job;

import dev.sigmax.testing.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files whose footer or page headers are well formed and say what is not so. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class BrokenParquetTest extends DamagedInput {
  /** Of the columns id, logit_a, logit_b, name. */
  private static final int LOGIT = 1;

  private static ColumnMetaData logit(FileMetaData footer) {
    return footer.getRow_groups().get(0).getColumns().get(LOGIT).getMeta_data();
  }

  private static Map<String, Consumer<FileMetaData>> footers() {
    Map<String, Consumer<FileMetaData>> lies = new LinkedHashMap<>();
    long far = 1L << 40;
    for (long bytes : new long[] {-1, 0, 1, Long.MIN_VALUE, Integer.MAX_VALUE, far}) {
      lies.put("chunk of " + bytes + " bytes", f -> logit(f).setTotal_compressed_size(bytes));
      lies.put("chunk unpacked " + bytes, f -> logit(f).setTotal_uncompressed_size(bytes));
      lies.put("chunk of " + bytes + " values", f -> logit(f).setNum_values(bytes));
      lies.put("data page at " + bytes, f -> logit(f).setData_page_offset(bytes));
      lies.put("dictionary at " + bytes, f -> logit(f).setDictionary_page_offset(bytes));
      lies.put("row group of " + bytes, f -> f.getRow_groups().get(0).setNum_rows(bytes));
      lies.put("file of " + bytes + " rows", f -> f.setNum_rows(bytes));
      lies.put(
          "row group of " + bytes + " bytes",
          f -> f.getRow_groups().get(0).setTotal_byte_size(bytes));
      lies.put(
          "row group packed into " + bytes,
          f -> f.getRow_groups().get(0).setTotal_compressed_size(bytes));
      lies.put("root with " + bytes, f -> f.getSchema().get(0).setNum_children((int) bytes));
    }
    lies.put(
        "dictionary missing",
        f -> {
          ColumnMetaData chunk = logit(f);
          long gone = chunk.getData_page_offset() - chunk.getDictionary_page_offset();
          chunk.unsetDictionary_page_offset();
          chunk.setTotal_compressed_size(chunk.getTotal_compressed_size() - gone);
        });
    lies.put("dictionary unnamed", f -> logit(f).unsetDictionary_page_offset());
    lies.put("doubles", f -> logit(f).setType(Type.DOUBLE));
    lies.put("doubles throughout", BrokenParquetTest::doubles);
    lies.put("whole numbers in the schema", f -> f.getSchema().get(LOGIT + 1).setType(Type.INT32));
    lies.put("another codec", f -> logit(f).setCodec(CompressionCodec.GZIP));
    lies.put("no codec", f -> logit(f).setCodec(CompressionCodec.UNCOMPRESSED));
    lies.put("a codec of the past", f -> logit(f).setCodec(CompressionCodec.LZO));
    lies.put("no row groups", f -> f.setRow_groups(java.util.List.of()));
    lies.put("row group twice", f -> f.addToRow_groups(f.getRow_groups().get(0).deepCopy()));
    lies.put("chunk missing", f -> f.getRow_groups().get(0).getColumns().remove(LOGIT));
    lies.put("path of another", f -> logit(f).setPath_in_schema(java.util.List.of("logit_b")));
    lies.put("path of none", f -> logit(f).setPath_in_schema(java.util.List.of("x", "y")));
    lies.put("chunk in another file", f -> chunk(f).setFile_path("elsewhere.parquet"));
    lies.put("name twice", f -> f.getSchema().get(LOGIT + 1).setName("logit_b"));
    lies.put("schema cut off", f -> f.getSchema().remove(LOGIT + 1));
    lies.put("no statistics", f -> logit(f).unsetStatistics());
    return lies;
  }

  private static org.apache.parquet.format.ColumnChunk chunk(FileMetaData footer) {
    return footer.getRow_groups().get(0).getColumns().get(LOGIT);
  }

  private static void doubles(FileMetaData footer) {
    logit(footer).setType(Type.DOUBLE);
    footer.getSchema().get(LOGIT + 1).setType(Type.DOUBLE);
  }

  @Test
  void aFooterThatLiesIsRefusedOrChangesNothing() throws IOException {
    Map<String, Consumer<FileMetaData>> lies = footers();
    int number = 0;
    try (Tally tally = new Tally("footers that lie")) {
      for (Map.Entry<String, Consumer<FileMetaData>> lie : lies.entrySet()) {
        if (number++ % Tally.every(2) == 0) {
          FileMetaData footer = footer();
          lie.getValue().accept(footer);
          tally.count(outcomeOf(withFooter(footer), lie.getKey()));
        }
      }
    }
  }

  private FileMetaData footer() throws IOException {
    return Util.readFileMetaData(
        new ByteArrayInputStream(whole, footerStart(), whole.length - 8 - footerStart()));
  }

  private byte[] withFooter(FileMetaData footer) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(whole, 0, footerStart());
    Util.writeFileMetaData(footer, file);
    int length = file.size() - footerStart();
    file.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    file.writeBytes("PAR1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  private static Map<String, Consumer<PageHeader>> headers() {
    Map<String, Consumer<PageHeader>> lies = new LinkedHashMap<>();
    lies.put("one byte less", p -> p.setCompressed_page_size(p.getCompressed_page_size() - 1));
    lies.put("one byte more", p -> p.setCompressed_page_size(p.getCompressed_page_size() + 1));
    lies.put("less than nothing", p -> p.setCompressed_page_size(-p.getCompressed_page_size()));
    lies.put("unpacked less", p -> p.setUncompressed_page_size(p.getUncompressed_page_size() - 1));
    lies.put("unpacked more", p -> p.setUncompressed_page_size(p.getUncompressed_page_size() + 1));
    lies.put("unpacked nothing", p -> p.setUncompressed_page_size(-p.getUncompressed_page_size()));
    lies.put("another kind", p -> p.setType(PageType.INDEX_PAGE));
    lies.put("no checksum, one value less", p -> values(p, -1));
    lies.put("no checksum, one value more", p -> values(p, 1));
    lies.put("another encoding", BrokenParquetTest::anotherEncoding);
    return lies;
  }

  private static void values(PageHeader page, int more) {
    if (page.isSetData_page_header()) {
      page.getData_page_header().setNum_values(page.getData_page_header().getNum_values() + more);
    } else {
      page.getDictionary_page_header()
          .setNum_values(page.getDictionary_page_header().getNum_values() + more);
    }
  }

  private static void anotherEncoding(PageHeader page) {
    if (page.isSetData_page_header()) {
      page.getData_page_header().setEncoding(Encoding.PLAIN);
    } else {
      page.getDictionary_page_header().setEncoding(Encoding.RLE);
    }
  }

  @Test
  void aPageThatLiesIsRefusedOrChangesNothing() throws IOException {
    ColumnMetaData chunk = logit(footer());
    int number = 0;
    try (Tally tally = new Tally("page headers that lie")) {
      for (long page :
          new long[] {chunk.getDictionary_page_offset(), chunk.getData_page_offset()}) {
        for (Map.Entry<String, Consumer<PageHeader>> lie : headers().entrySet()) {
          if (number++ % Tally.every(2) == 0) {
            tally.count(
                outcomeOf(withPage((int) page, lie.getValue()), lie.getKey() + " at " + page));
          }
        }
      }
    }
  }

  /** The file with another header for a page, which takes as many bytes. */
  private byte[] withPage(int offset, Consumer<PageHeader> lie) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(whole, offset, whole.length - offset);
    PageHeader header = Util.readPageHeader(in);
    int length = whole.length - offset - in.available();
    lie.accept(header);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writePageHeader(header, out);
    if (out.size() != length) {
      throw new AssertionError("the header became " + out.size() + " bytes, from " + length);
    }
    byte[] damaged = Arrays.copyOf(whole, whole.length);
    System.arraycopy(out.toByteArray(), 0, damaged, offset, length);
    return damaged;
  }
}
