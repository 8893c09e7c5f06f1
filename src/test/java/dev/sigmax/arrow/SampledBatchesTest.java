package dev.sigmax.arrow;

import static dev.sigmax.testing.ArrowJava.FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.testing.ArrowJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at some rows of record batches. */
class SampledBatchesTest {
  @TempDir private Path folder;

  @Test
  void aSampleHasAsManyRowsOfEachRecordBatchAsItAsksFor() throws IOException {
    List<List<Object>> rows =
        IntStream.range(0, 1000).<List<Object>>mapToObj(i -> List.of((float) i)).toList();
    for (boolean stream : new boolean[] {false, true}) {
      ArrowJava writer = new ArrowJava().column("logit", FLOAT).batches(600);
      Path file = folder.resolve("a.arrow");
      Path written = stream ? writer.stream(file, rows) : writer.file(file, rows);
      try (SampledBatches sample =
          SampledBatches.open(
              written.toString(),
              List.of(List.of("logit")),
              text -> Double.NaN,
              new Configuration())) {
        assertEquals(2, sample.rowGroups());
        assertRows(0, 50, sample.read(0, 50));
        assertRows(600, 50, sample.read(1, 50));
        assertRows(0, 600, sample.read(0, 1000));
        assertRows(600, 400, sample.read(1, 1000));
      }
    }
  }

  @Test
  void textsAreReadAsTheNumbersThatTheyStandFor() throws IOException {
    Path file =
        new ArrowJava()
            .column("name", ArrowJava.TEXT)
            .file(folder.resolve("a.arrow"), List.of(List.of("cat"), List.of("ä dog")));
    try (SampledBatches sample =
        SampledBatches.open(
            file.toString(),
            List.of(List.of("name")),
            text -> List.of("cat", "ä dog").indexOf(text),
            new Configuration())) {
      assertRows(0, 2, sample.read(0, 50));
    }
  }

  /** How often this process has a file open, as Linux tells. */
  private static long openings(Path file) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(descriptor -> leadsTo(descriptor, file)).count();
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
    } catch (IOException closed) {
      return false;
    }
  }

  @Test
  void aFileThatHasBecomeAnotherIsClosed() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "Linux tells what is open");
    Path file =
        new ArrowJava()
            .column("logit", FLOAT)
            .file(folder.resolve("a.arrow"), List.of(List.of(1f), List.of(2f)));
    try (SampledBatches sample =
        SampledBatches.open(
            file.toString(), List.of(List.of("logit")), text -> Double.NaN, new Configuration())) {
      new ArrowJava().column("logit", ArrowJava.TEXT).file(file, List.of(List.of("x")));
      assertThrows(DamagedFile.class, () -> sample.read(0, 1));
    }
    assertEquals(0, openings(file));
  }

  @Test
  void aFileWithAColumnOfATypeThatIsNotReadIsClosed() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "Linux tells what is open");
    Path file =
        new ArrowJava()
            .column("logit", new ArrowType.Duration(TimeUnit.SECOND))
            .file(folder.resolve("a.arrow"), List.of());
    assertTrue(
        WholeFile.problem(file.toString(), Set.of("logit"), new Configuration()).isPresent());
    assertEquals(0, openings(file));
  }

  private static void assertRows(int first, int count, List<List<double[]>> read) {
    assertEquals(1, read.size());
    assertEquals(count, read.get(0).size());
    for (int i = 0; i < count; i++) {
      assertArrayEquals(new double[] {first + i}, read.get(0).get(i));
    }
  }
}
