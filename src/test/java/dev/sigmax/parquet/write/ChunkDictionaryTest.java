package dev.sigmax.parquet.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.dictionary.DictionaryValuesReader;
import org.apache.parquet.column.values.dictionary.PlainValuesDictionary.PlainIntegerDictionary;
import org.junit.jupiter.api.Test;

/** When a dictionary serves; what its pages hold is read by parquet-java. */
class ChunkDictionaryTest {
  private static final int MEBIBYTE = 1 << 20;

  private static ByteBuffer plain(IntStream values) {
    int[] all = values.toArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(all.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(all).forEach(bytes::putInt);
    return bytes.flip();
  }

  private static int[] read(ChunkDictionary.Entries entries, ByteBuffer indexes, int count)
      throws IOException {
    Dictionary dictionary =
        new PlainIntegerDictionary(
            new DictionaryPage(BytesInput.from(entries.bytes()), entries.count(), Encoding.PLAIN));
    DictionaryValuesReader reader = new DictionaryValuesReader(dictionary);
    reader.initFromPage(count, ByteBufferInputStream.wrap(indexes));
    return IntStream.range(0, count).map(i -> reader.readInteger()).toArray();
  }

  @Test
  void valuesThatRepeatBecomeIndexes() throws IOException {
    ChunkDictionary dictionary = ChunkDictionary.ofFixed(Integer.BYTES, MEBIBYTE);
    ByteBuffer first =
        dictionary.indexesOf(plain(IntStream.range(0, 20_000).map(i -> i % 5 * 100))).orElseThrow();
    ByteBuffer second =
        dictionary
            .indexesOf(plain(IntStream.range(0, 20_000).map(i -> i % 1000 * 100)))
            .orElseThrow();
    ChunkDictionary.Entries entries = dictionary.end().orElseThrow();
    assertEquals(1000, entries.count());
    assertTrue(first.remaining() < 20_000 * 3 / 8 + 100, first.toString());
    assertArrayEquals(
        IntStream.range(0, 20_000).map(i -> i % 5 * 100).toArray(), read(entries, first, 20_000));
    assertArrayEquals(
        IntStream.range(0, 20_000).map(i -> i % 1000 * 100).toArray(),
        read(entries, second, 20_000));
  }

  @Test
  void firstPageOfDistinctValuesEndsTheDictionaryOfItsChunkAndOfNoOther() throws IOException {
    ChunkDictionary dictionary = ChunkDictionary.ofFixed(Integer.BYTES, MEBIBYTE);
    assertTrue(dictionary.indexesOf(plain(IntStream.range(0, 20_000))).isEmpty());
    assertTrue(dictionary.indexesOf(plain(IntStream.generate(() -> 1).limit(20_000))).isEmpty());
    assertTrue(dictionary.end().isEmpty());
    assertTrue(dictionary.indexesOf(plain(IntStream.generate(() -> 1).limit(20_000))).isPresent());
    assertEquals(1, dictionary.end().orElseThrow().count());
  }

  @Test
  void pageThatMakesTheDictionaryTooLargeIsPlainAndSoAreAllAfterIt() throws IOException {
    ChunkDictionary dictionary = ChunkDictionary.ofFixed(Integer.BYTES, 4000);
    ByteBuffer first =
        dictionary.indexesOf(plain(IntStream.range(0, 5000).map(i -> i % 1000))).orElseThrow();
    assertTrue(dictionary.indexesOf(plain(IntStream.range(999, 1001))).isEmpty());
    assertTrue(dictionary.indexesOf(plain(IntStream.of(1, 1, 1, 1))).isEmpty());
    ChunkDictionary.Entries entries = dictionary.end().orElseThrow();
    assertEquals(1000, entries.count());
    assertArrayEquals(
        IntStream.range(0, 5000).map(i -> i % 1000).toArray(), read(entries, first, 5000));
  }

  @Test
  void valuesOfAPageThatCameTooLateAreNotInTheDictionary() throws IOException {
    ChunkDictionary dictionary = ChunkDictionary.ofFixed(Integer.BYTES, 4000);
    assertTrue(dictionary.indexesOf(plain(IntStream.range(0, 5000).map(i -> i % 7))).isPresent());
    assertTrue(dictionary.indexesOf(plain(IntStream.range(0, 5000))).isEmpty());
    ChunkDictionary.Entries entries = dictionary.end().orElseThrow();
    assertEquals(7, entries.count());
    assertEquals(7 * Integer.BYTES, entries.bytes().remaining());
  }

  @Test
  void pageWithoutValuesDecidesForPlainOnlyWhereItIsTheFirst() throws IOException {
    ChunkDictionary dictionary = ChunkDictionary.ofFixed(Integer.BYTES, MEBIBYTE);
    assertTrue(dictionary.indexesOf(plain(IntStream.empty())).isEmpty());
    assertTrue(dictionary.end().isEmpty());
    assertTrue(dictionary.indexesOf(plain(IntStream.of(3, 3, 3, 3, 3))).isPresent());
    assertTrue(dictionary.indexesOf(plain(IntStream.empty())).isPresent());
  }
}
