package dev.sigmax.arrow;

import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.ArrowJava;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file holds, it is read or told to be damaged: never another failure, never for ever.
 */
class WholeFileTest {
  private static final Set<String> COLUMNS = Set.of("id", "name", "colour", "logit", "scores");

  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path folder;

  private static ArrowJava columns() {
    return new ArrowJava()
        .column("id", INT)
        .column("name", TEXT)
        .dictionary("colour", "red", "green")
        .column("logit", FLOAT)
        .lists("scores", new ArrowType.List(), FLOAT)
        .batches(2);
  }

  private static final List<List<Object>> ROWS =
      List.of(
          Arrays.asList(1, "one", 0, 1f, List.of(1f, 2f)),
          Arrays.asList(null, null, null, null, null),
          Arrays.asList(3, "three", 1, 3f, Arrays.asList(null, 4f)));

  private static Optional<String> problem(Path file) throws IOException {
    try {
      return WholeFile.problem(file.toString(), COLUMNS, CONFIGURATION);
    } catch (EOFException e) {
      return Optional.of("it ends early");
    }
  }

  private void assertEachMutationIsReadOrRefused(Path file, int step) throws IOException {
    assertEquals(Optional.empty(), problem(file));
    byte[] bytes = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < bytes.length; i += step) {
      byte original = bytes[i];
      for (byte other : new byte[] {(byte) ~original, (byte) (original + 1)}) {
        bytes[i] = other;
        Files.write(file, bytes);
        refused += problem(file).isPresent() ? 1 : 0;
      }
      bytes[i] = original;
    }
    assertTrue(refused > bytes.length / (4 * step), refused + " of " + 2 * bytes.length / step);
  }

  @Test
  void eachMutationOfAFileIsReadOrRefused() throws IOException {
    assertEachMutationIsReadOrRefused(columns().file(folder.resolve("a.arrow"), ROWS), 1);
  }

  @Test
  void eachMutationOfAStreamIsReadOrRefused() throws IOException {
    assertEachMutationIsReadOrRefused(columns().stream(folder.resolve("a.arrow"), ROWS), 3);
  }

  @Test
  void eachMutationOfACompressedFileIsReadOrRefused() throws IOException {
    for (CodecType codec : new CodecType[] {CodecType.ZSTD, CodecType.LZ4_FRAME}) {
      assertEachMutationIsReadOrRefused(
          columns().compressed(codec).file(folder.resolve("a.arrow"), ROWS), 5);
    }
  }

  @Test
  void eachFileThatWasCutOffIsRefused() throws IOException {
    for (boolean stream : new boolean[] {false, true}) {
      Path file = folder.resolve("a.arrow");
      byte[] bytes =
          Files.readAllBytes(stream ? columns().stream(file, ROWS) : columns().file(file, ROWS));
      for (int length = 1; length < bytes.length; length += 3) {
        Files.write(file, Arrays.copyOf(bytes, length));
        assertTrue(problem(file).isPresent(), length + " of " + bytes.length);
      }
    }
  }
}
