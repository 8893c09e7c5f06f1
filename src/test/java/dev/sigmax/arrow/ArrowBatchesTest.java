package dev.sigmax.arrow;

import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.ArrowJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of files. */
class ArrowBatchesTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final String PLACE = "place";

  @TempDir private Path folder;

  private static StructField field(String name, org.apache.spark.sql.types.DataType type) {
    return new StructField(name, type, true, Metadata.empty());
  }

  /** The rows whose record batches begin in a part, each as its texts and its place. */
  private static List<String> read(Path file, long start, long end) throws IOException {
    ArrowBatches.Request request =
        new ArrowBatches.Request(
            List.of(
                field("colour", DataTypes.StringType),
                field(PLACE, DataTypes.LongType),
                field("id", DataTypes.IntegerType),
                field("not_there", DataTypes.DoubleType)),
            start,
            end,
            Optional.of(PLACE),
            List.of());
    List<String> rows = new ArrayList<>();
    try (ArrowBatches batches =
        new ArrowBatches(
            ArrowFile.open(new org.apache.hadoop.fs.Path(file.toString()), CONFIGURATION),
            file.toString(),
            request,
            new HeapMemory())) {
      while (batches.next()) {
        ColumnarBatch batch = batches.batch();
        for (int i = 0; i < batch.numRows(); i++) {
          assertEquals(true, batch.column(3).isNullAt(i));
          rows.add(
              batch.column(0).getUTF8String(i)
                  + " "
                  + batch.column(1).getLong(i)
                  + " "
                  + batch.column(2).getInt(i));
        }
      }
    }
    return rows;
  }

  @Test
  void eachRowBelongsToOnePartWhereverFilesAreCut() throws IOException {
    List<List<Object>> rows =
        IntStream.range(0, 40).<List<Object>>mapToObj(i -> List.of(i, "x" + i, i % 2)).toList();
    List<String> expected =
        IntStream.range(0, 40)
            .mapToObj(i -> (i % 2 == 0 ? "red " : "green ") + i + " " + i)
            .toList();
    for (boolean stream : new boolean[] {false, true}) {
      for (int batch : new int[] {7, rows.size()}) {
        ArrowJava writer =
            new ArrowJava()
                .column("id", INT)
                .column("text", TEXT)
                .dictionary("colour", "red", "green")
                .batches(batch);
        Path file = folder.resolve("a.arrow");
        Path written = stream ? writer.stream(file, rows) : writer.file(file, rows);
        long length = Files.size(written);
        for (long cut = 0; cut <= length; cut += 5) {
          List<String> read = new ArrayList<>(read(file, 0, cut));
          read.addAll(read(file, cut, length));
          assertEquals(expected, read, "cut at " + cut);
        }
      }
    }
  }
}
