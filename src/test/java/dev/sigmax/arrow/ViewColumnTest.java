package dev.sigmax.arrow;

import static dev.sigmax.testing.ArrowJava.TEXT_VIEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.ArrowJava;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views that point anywhere, patched into files that Arrow's own library wrote. */
class ViewColumnTest {
  private static final int VIEW_BYTES = 16;
  private static final long SEED = 20_261_127;

  @TempDir private Path folder;

  private Path written(List<String> texts) {
    return new ArrowJava()
        .column("text", TEXT_VIEW)
        .file(folder.resolve("a.arrow"), texts.stream().map(Arrays::asList).toList());
  }

  private static String text(int i) {
    return "a text that is too long to stand in its view " + i;
  }

  private static List<String> texts(int count) {
    return IntStream.range(0, count).mapToObj(ViewColumnTest::text).toList();
  }

  /** Where the view of the first text stands in the file: its length, its begin, 0 and 0. */
  private static int firstView(byte[] file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer view = ByteBuffer.allocate(VIEW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    view.putInt(bytes.length).put(bytes, 0, Integer.BYTES);
    for (int i = 0; i + VIEW_BYTES <= file.length; i++) {
      if (Arrays.equals(file, i, i + VIEW_BYTES, view.array(), 0, VIEW_BYTES)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  private static List<String> read(Path file) throws IOException {
    return ArrowRows.read(file).rows().stream().map(row -> (String) row.get(0)).toList();
  }

  @Test
  void viewsInAnyOrderAreReadThroughManyBatches() throws IOException {
    int count = 30_000;
    Path file = written(texts(count));
    byte[] bytes = Files.readAllBytes(file);
    int first = firstView(bytes, text(0));
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, new Random(SEED));
    byte[] shuffled = bytes.clone();
    for (int i = 0; i < count; i++) {
      int from = first + order.get(i) * VIEW_BYTES;
      System.arraycopy(bytes, from, shuffled, first + i * VIEW_BYTES, VIEW_BYTES);
    }
    Files.write(file, shuffled);
    assertEquals(order.stream().map(ViewColumnTest::text).toList(), read(file));
  }

  @Test
  void memoryDoesNotGrowWithViewsThatPointForwards() throws IOException {
    Path file = written(texts(90_000));
    ArrowRows read = ArrowRows.read(file);
    assertEquals(90_000, read.rows().size());
    assertTrue(Files.size(file) > 4_000_000, "too small a file to tell");
    assertTrue(read.memory().largest < 1_000_000, read.memory().largest + " bytes");
    assertEquals(0, read.memory().lent);
  }

  @Test
  void viewsOfTheSameLongTextTakeItsMemoryOnce() throws IOException {
    String large = "x".repeat(3_000_000);
    List<String> texts = new ArrayList<>(texts(1_000));
    texts.set(0, large);
    Path file = written(texts);
    byte[] bytes = Files.readAllBytes(file);
    int first = firstView(bytes, large);
    for (int i = 1; i < texts.size(); i++) {
      System.arraycopy(bytes, first, bytes, first + i * VIEW_BYTES, VIEW_BYTES);
    }
    Files.write(file, bytes);
    // Each by itself they would be more than an array holds.
    assertTrue(1_000L * large.length() > Integer.MAX_VALUE);
    assertEquals(
        Optional.empty(), WholeFile.problem(file.toString(), Set.of("text"), new Configuration()));
  }

  private void assertRefused(int field, int value, String... parts) throws IOException {
    Path file = written(texts(3));
    byte[] bytes = Files.readAllBytes(file);
    int at = firstView(bytes, text(0)) + VIEW_BYTES + field;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    Files.write(file, bytes);
    DamagedFile refused = assertThrows(DamagedFile.class, () -> ArrowRows.read(file));
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
  }

  @Test
  void whatAViewSaysIsHeldAgainstItsBuffers() throws IOException {
    int first = text(0).length();
    assertRefused(0, -1, "column text", "a view of -1 bytes");
    assertRefused(0, Integer.MAX_VALUE, "column text", "a view of 2147483647 bytes at 46 of");
    assertRefused(0, 1_000, "column text", "a view of 1000 bytes at 46 of");
    assertRefused(4, 0x20202020, "column text", "does not begin as");
    assertRefused(8, 1, "column text", "the buffer 1 of 1");
    assertRefused(8, -1, "column text", "the buffer -1 of 1");
    assertRefused(8, Integer.MAX_VALUE, "column text", "of 1");
    assertRefused(12, -1, "column text", "at -1");
    assertRefused(12, Integer.MAX_VALUE, "column text", "bytes at 2147483647 of");
    assertRefused(12, first + 1, "column text", "does not begin as");
  }
}
