package dev.sigmax.arrow;

import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.TEXT;
import static dev.sigmax.testing.ArrowJava.TEXT_VIEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.ArrowJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record batch as the rows of several parts of its file; Arrow's own library wrote it. */
class BlockRowsTest {
  private static final int ROWS = 500;

  @TempDir private Path folder;

  /** With nulls in no rhythm of eight: bitmaps are read from any bit on. */
  private static List<Object> row(int i) {
    return Arrays.asList(
        i % 7 == 3 ? null : (Object) (float) i,
        i % 3 == 0 ? null : i % 5 == 0,
        i % 11 == 2 ? null : "text " + i,
        i % 13 == 1 ? null : "a text that is no part of its view " + i,
        i % 5 == 1 ? null : IntStream.range(0, i % 4).mapToObj(k -> (Object) (i + k / 4f)).toList(),
        i % 9 == 4 ? null : List.of(i - 0.5f, (float) -i));
  }

  private static List<List<Object>> rows() {
    return IntStream.range(0, ROWS).mapToObj(BlockRowsTest::row).toList();
  }

  private static ArrowJava writer() {
    return new ArrowJava()
        .column("logit", FLOAT)
        .column("flag", ArrowType.Bool.INSTANCE)
        .column("text", TEXT)
        .column("view", TEXT_VIEW)
        .lists("list", new ArrowType.List(), FLOAT)
        .lists("pair", new ArrowType.FixedSizeList(2), FLOAT);
  }

  private static List<List<Object>> part(Path file, long start, long end) throws IOException {
    return ArrowRows.part(file, start, end, Long.MAX_VALUE);
  }

  @Test
  void aRecordBatchIsCutBetweenAnyTwoRows() throws IOException {
    List<List<Object>> rows = rows();
    Path file = writer().file(folder.resolve("a.arrow"), rows);
    long length = Files.size(file);
    for (long cut = 0; cut <= length; cut += 499) {
      List<List<Object>> read = new ArrayList<>(part(file, 0, cut));
      read.addAll(part(file, cut, length));
      assertEquals(rows, read, "cut at " + cut);
    }
  }

  @Test
  void partsOfOneSizeHaveAboutAsManyRowsEach() throws IOException {
    Path file = writer().file(folder.resolve("a.arrow"), rows());
    long length = Files.size(file);
    int before = 0;
    for (int i = 0; i < 4; i++) {
      List<List<Object>> part = part(file, length * i / 4, length * (i + 1) / 4);
      assertTrue(part.size() > ROWS / 8 && part.size() < ROWS / 2, i + ": " + part.size());
      assertEquals(rows().subList(before, before + part.size()), part);
      before += part.size();
    }
    assertEquals(ROWS, before);
  }

  @Test
  void partsSmallerThanRowsHaveEachRowOnce() throws IOException {
    List<List<Object>> rows = rows().subList(0, 3);
    Path file = writer().file(folder.resolve("a.arrow"), rows);
    List<List<Object>> read = new ArrayList<>();
    for (long at = 0; at < Files.size(file); at += 7) {
      read.addAll(part(file, at, at + 7));
    }
    assertEquals(rows, read);
  }

  @Test
  void aCompressedRecordBatchIsReadByOnePart() throws IOException {
    List<List<Object>> rows = rows();
    for (CodecType codec : new CodecType[] {CodecType.ZSTD, CodecType.LZ4_FRAME}) {
      Path file = writer().compressed(codec).batches(300).file(folder.resolve("a.arrow"), rows);
      long length = Files.size(file);
      for (long cut = 0; cut <= length; cut += 211) {
        List<List<Object>> first = part(file, 0, cut);
        assertTrue(List.of(0, 300, ROWS).contains(first.size()), cut + ": " + first.size());
        List<List<Object>> read = new ArrayList<>(first);
        read.addAll(part(file, cut, length));
        assertEquals(rows, read, "cut at " + cut);
      }
    }
  }

  @Test
  void oneWithMoreTextsAsViewsThanEachTaskMayHoldIsReadByOnePart() throws IOException {
    List<List<Object>> rows = rows();
    Path file = writer().file(folder.resolve("a.arrow"), rows);
    long half = Files.size(file) / 2;
    assertEquals(rows, ArrowRows.part(file, 0, half, 100));
    assertEquals(List.of(), ArrowRows.part(file, half, Long.MAX_VALUE, 100));
  }
}
