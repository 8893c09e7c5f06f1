package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kept values of megabytes each: pages and row groups end by bytes. */
class LargeValuesTest extends JobTest {
  /** More than Snappy looks back. */
  private static final int NOISE = 100_000;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message t { required int32 id; optional binary picture; required float logit_a; required"
              + " float logit_b; }");

  /** Noise, which no codec makes smaller; of larger ones a block of it again and again. */
  private static byte[] picture(int id, int bytes) {
    byte[] picture = new byte[bytes];
    byte[] noise = new byte[Math.min(bytes, NOISE)];
    new Random(id).nextBytes(noise);
    for (int i = 0; i < bytes; i += noise.length) {
      System.arraycopy(noise, 0, picture, i, Math.min(noise.length, bytes - i));
    }
    return picture;
  }

  private Path pictures(int count, int bytes) throws IOException {
    Files.createDirectories(in());
    Path file = in().resolve("a.parquet");
    SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(SCHEMA)
            .withConf(new Configuration())
            .withDictionaryEncoding(false)
            .withRowGroupSize(64L << 20)
            .withMinRowCountForPageSizeCheck(1)
            .withMaxRowCountForPageSizeCheck(100)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (int id = 0; id < count; id++) {
        Group row = groups.newGroup().append("id", id);
        if (id % 7 != 3) {
          row.append("picture", Binary.fromConstantByteArray(picture(id, bytes)));
        }
        writer.write(row.append("logit_a", id % 5f).append("logit_b", 2f));
      }
    }
    return file;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(out())) {
      return files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private void assertWritten(int count, int size) throws IOException {
    List<Integer> ids = new ArrayList<>();
    for (Path path : files()) {
      org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(path.toUri());
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), file).build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          int id = row.getInteger("id", 0);
          ids.add(id);
          assertEquals(id % 7 == 3 ? 0 : 1, row.getFieldRepetitionCount("picture"));
          assertTrue(
              id % 7 == 3
                  || Arrays.equals(picture(id, size), row.getBinary("picture", 0).getBytesUnsafe()),
              "picture " + id);
        }
      }
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(file, new Configuration()))) {
        for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
          long bytes = rowGroup.getColumns().get(1).getTotalSize();
          assertTrue(bytes < (64L << 20) + 2L * size, bytes + " bytes in a row group");
          ColumnChunkMetaData pictures = rowGroup.getColumns().get(1);
          OffsetIndex pages = reader.readOffsetIndex(pictures);
          for (int i = 0; i < pages.getPageCount(); i++) {
            assertTrue(
                pages.getCompressedPageSize(i) < (1 << 20) + size + 1000,
                pages.getCompressedPageSize(i) + " bytes in a page");
          }
        }
      }
    }
    assertEquals(IntStream.range(0, count).boxed().toList(), ids);
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "none"})
  void fortyValuesOfFiveMegabytes(String codec) throws IOException {
    pictures(40, 5_000_000);
    assertPublished(score("multiclass", "--engine", "columnar", "--codec", codec));
    assertWritten(40, 5_000_000);
  }

  @Test
  void manyValuesOfSomeKilobytes() throws IOException {
    pictures(5000, 5000);
    assertPublished(score("multiclass", "--engine", "columnar"));
    assertWritten(5000, 5000);
  }

  @Test
  void sessionWritesThemToo() throws IOException {
    Path file = pictures(20, 5_000_000);
    spark()
        .read()
        .parquet(file.toString())
        .selectExpr("id", "picture", "sigmoid(logit_a) AS p")
        .write()
        .parquet(out().toString());
    assertWritten(20, 5_000_000);
  }
}
