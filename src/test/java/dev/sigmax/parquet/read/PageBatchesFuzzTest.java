package dev.sigmax.parquet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.spark.SparkSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.spark.sql.types.StructType;

/**
 * Any bytes for a file: its pages are read or refused. With {@code -Pfuzz} Jazzer begins with small
 * files of several writers; without, these are run.
 */
class PageBatchesFuzzTest {
  @FuzzTest(maxDuration = "200s")
  void anyFileIsReadOrRefused(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("sigmax-read", ".parquet");
    try {
      Files.write(file, bytes);
      ParquetMetadata footer;
      StructType schema;
      try {
        footer = ReadRows.footer(file, 0, Long.MAX_VALUE / 2);
        schema = SparkSchema.of(footer.getFileMetaData()).columns();
      } catch (RuntimeException | OutOfMemoryError e) {
        // That is parquet-java's to refuse.
        return;
      }
      read(file, footer, schema);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void read(Path file, ParquetMetadata footer, StructType schema) {
    CountedMemory memory = new CountedMemory();
    FileColumns columns;
    try {
      columns = FileColumns.find(footer, schema, FieldIds.NONE, true, true);
    } catch (UnsupportedFile left) {
      assertTrue(!left.getMessage().isBlank());
      return;
    }
    try (PageBatches batches =
        new PageBatches(
            FileBytes.local(file, bytes -> {}),
            "fuzzed.parquet",
            columns,
            100,
            List.of(),
            memory,
            false)) {
      while (batches.next()) {
        assertTrue(batches.batch().numRows() > 0);
      }
    } catch (ParquetDecodingException | IOException refused) {
      assertTrue(!refused.getMessage().isBlank());
    }
    assertEquals(0, memory.lent, "blocks that were not given back");
  }
}
