package dev.sigmax.arrow;

import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.TEXT_VIEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.ArrowJava;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that lie anywhere, patched into files that Arrow's own library wrote. */
class ListViewColumnTest {
  private static final List<List<Object>> ROWS =
      List.of(
          Arrays.asList(List.of(1f, 2f, 3f), List.of("a", "a text that is longer")),
          Arrays.asList(List.of(4f), List.of()),
          Arrays.asList(null, null),
          Arrays.asList(List.of(), Arrays.asList(null, "b")),
          Arrays.asList(Arrays.asList(5f, null), List.of("another text that is longer")));

  @TempDir private Path folder;

  private Path written(ArrowType kind) {
    return new ArrowJava()
        .lists("scores", kind, FLOAT)
        .lists("names", kind, TEXT_VIEW)
        .file(folder.resolve("a.arrow"), ROWS);
  }

  @Test
  void listsOfAnyLengthAreReadAsTheyWereWritten() throws IOException {
    for (ArrowType kind :
        new ArrowType[] {new ArrowType.ListView(), new ArrowType.LargeListView()}) {
      assertEquals(ROWS, ArrowRows.read(written(kind)).rows());
    }
  }

  /** The scores with other offsets and sizes; their offsets are 0, 3, …, and sizes 3, 1, …. */
  private Path patched(int[] offsets, int[] sizes) throws IOException {
    Path file =
        new ArrowJava()
            .lists("scores", new ArrowType.ListView(), FLOAT)
            .file(
                folder.resolve("a.arrow"),
                List.of(
                    List.of(List.of(1f, 2f, 3f)), List.of(List.of(4f)), List.of(List.of(5f, 6f))));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int at = indexOf(bytes, 0, 3, 4);
    int sizesAt = indexOf(bytes, 3, 1, 2);
    for (int i = 0; i < offsets.length; i++) {
      bytes.putInt(at + i * Integer.BYTES, offsets[i]);
      bytes.putInt(sizesAt + i * Integer.BYTES, sizes[i]);
    }
    return Files.write(file, bytes.array());
  }

  private static int indexOf(ByteBuffer bytes, int... numbers) {
    for (int i = 0; i <= bytes.capacity() - numbers.length * Integer.BYTES; i += Integer.BYTES) {
      int[] there = new int[numbers.length];
      for (int k = 0; k < numbers.length; k++) {
        there[k] = bytes.getInt(i + k * Integer.BYTES);
      }
      if (Arrays.equals(there, numbers)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void listsMayLieInAnyOrderAndWithGaps() throws IOException {
    assertEquals(
        List.of(List.of(List.of(5f, 6f)), List.of(List.of(1f, 2f)), List.of(List.of(4f))),
        ArrowRows.read(patched(new int[] {4, 0, 3}, new int[] {2, 2, 1})).rows());
    assertEquals(
        List.of(List.of(List.of(2f)), List.of(List.of(2f, 3f)), List.of(List.of())),
        ArrowRows.read(patched(new int[] {1, 1, 0}, new int[] {1, 2, 0})).rows());
  }

  private static void assertRefused(Path file, String... parts) {
    DamagedFile refused = assertThrows(DamagedFile.class, () -> ArrowRows.read(file));
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
  }

  @Test
  void listsThatSayWhatIsNotThereAreRefused() throws IOException {
    assertRefused(
        patched(new int[] {0, 3, 5}, new int[] {3, 1, 2}), "scores", "2 elements from 5 on, of 6");
    assertRefused(patched(new int[] {0, -1, 4}, new int[] {3, 1, 2}), "scores", "from -1 on");
    assertRefused(patched(new int[] {0, 3, 4}, new int[] {3, -1, 2}), "scores", "-1 elements");
    assertRefused(
        patched(new int[] {0, 0, 0}, new int[] {3, 3, 3}), "scores", "lie over each other");
  }
}
