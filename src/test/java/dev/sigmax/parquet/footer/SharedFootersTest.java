package dev.sigmax.parquet.footer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigmax.testing.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFootersTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void writeManyRowGroups() throws Exception {
    path = folder.resolve("many.parquet");
    DuckDb.run(
        "COPY (SELECT i AS id, sin(i) AS logit, 'name ' || (i % 7) AS name FROM range(50000) t(i)) TO '"
            + path
            + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
  }

  private HadoopInputFile file() throws IOException {
    return HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(path.toString()), CONFIGURATION);
  }

  private static ParquetReadOptions range(long start, long end) {
    return HadoopReadOptions.builder(CONFIGURATION).withRange(start, end).build();
  }

  private ParquetMetadata shared(long modified, long start, long end) throws IOException {
    return SharedFooters.read(file(), modified, range(start, end), start, end);
  }

  private static List<Long> starts(ParquetMetadata footer) {
    return footer.getBlocks().stream().map(BlockMetaData::getStartingPos).toList();
  }

  @Test
  void aPartHasTheRowGroupsThatParquetJavaGivesIt() throws Exception {
    long length = Files.size(path);
    List<Long> all = new ArrayList<>();
    for (long part : new long[] {1_000, 7_919, 65_536, length}) {
      all.clear();
      for (long start = 0; start < length; start += part) {
        long end = Math.min(length, start + part);
        ParquetMetadata expected;
        try (SeekableInputStream in = file().newStream()) {
          expected = ParquetFileReader.readFooter(file(), range(start, end), in);
        }
        ParquetMetadata found = shared(1, start, end);
        assertEquals(starts(expected), starts(found), () -> "of " + part + " bytes");
        assertEquals(
            expected.getFileMetaData().getKeyValueMetaData(),
            found.getFileMetaData().getKeyValueMetaData());
        assertEquals(expected.getFileMetaData().getSchema(), found.getFileMetaData().getSchema());
        all.addAll(starts(found));
      }
      assertEquals(25, all.size());
    }
  }

  @Test
  void thePartsOfAFileShareItsFooter() throws Exception {
    ParquetMetadata one = shared(2, 0, 10_000);
    assertSame(one.getFileMetaData(), shared(2, 10_000, 20_000).getFileMetaData());
    assertNotSame(one.getFileMetaData(), shared(3, 0, 10_000).getFileMetaData());
  }

  @Test
  void aFileOfAnotherLengthIsReadAgain() throws Exception {
    assertEquals(25, shared(4, 0, Files.size(path)).getBlocks().size());
    DuckDb.run("COPY (SELECT 1 AS id) TO '" + path + "' (FORMAT parquet)");
    assertEquals(1, shared(4, 0, Files.size(path)).getBlocks().size());
  }

  @Test
  void whatCannotBeParsedIsParquetJavasToExplain() throws Exception {
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 1] = 'X';
    Files.write(path, bytes);
    RuntimeException thrown =
        assertThrows(RuntimeException.class, () -> shared(5, 0, bytes.length));
    assertEquals(true, thrown.getMessage().contains("is not a Parquet file"), thrown.getMessage());
  }
}
