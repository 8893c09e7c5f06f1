package dev.sigmax.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sigmax.parquet.read.CountedMemory;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Any bytes for an Arrow file or stream: all its values are read, or it is refused. With {@code
 * -Pfuzz} Jazzer begins with small files of Arrow's own library and of Polars; without, these are
 * run.
 */
class ArrowFuzzTest {
  @FuzzTest(maxDuration = "200s")
  void anyFileIsReadOrRefused(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("sigmax-arrow", ".arrow");
    CountedMemory memory = new CountedMemory();
    try {
      Files.write(file, bytes);
      ArrowRows.read(file, memory);
    } catch (DamagedFile | EOFException refused) {
      assertTrue(!refused.getMessage().isBlank());
    } finally {
      Files.deleteIfExists(file);
    }
    assertEquals(0, memory.lent, "blocks that were not given back");
  }
}
