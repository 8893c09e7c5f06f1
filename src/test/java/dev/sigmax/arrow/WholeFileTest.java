package dev.sigmax.arrow;

import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.testing.ArrowJava;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** The files that this process has open, where the system tells. */
  private static List<Path> open() throws IOException {
    Path all = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(all), "the system does not tell which files are open");
    List<Path> open = new ArrayList<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(all)) {
      for (Path link : links) {
        try {
          open.add(Files.readSymbolicLink(link));
        } catch (NoSuchFileException closed) {
          // That of this listing.
        }
      }
    }
    return open;
  }

  @Test
  void aFileThatCannotBeReadDoesNotStayOpen() throws IOException {
    Path file =
        new ArrowJava()
            .column("id", INT)
            .column("name", new ArrowType.Null())
            .file(folder.resolve("a.arrow"), List.of(Arrays.asList(1, null)))
            .toRealPath();
    assertEquals(Optional.of("Null"), problem(file));
    assertFalse(open().contains(file), () -> file + " is open");
  }

  @Test
  void aFileThatChangedBeforeItIsSampledDoesNotStayOpen() throws IOException {
    Path file = folder.toRealPath().resolve("a.arrow");
    List<List<Object>> rows = List.of(List.of(1));
    new ArrowJava().column("id", INT).file(file, rows);
    try (SampledBatches sample =
        SampledBatches.open(
            file.toString(), List.of(List.of("id")), text -> Double.NaN, CONFIGURATION)) {
      new ArrowJava().column("id", TEXT).file(file, List.of(List.of("one")));
      assertThrows(DamagedFile.class, () -> sample.read(0, 1));
    }
    assertFalse(open().contains(file), () -> file + " is open");
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
