package dev.sigmax.parquet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages of version 1 may end anywhere in a list, and old writers' do: no value, null or empty list
 * is lost or moved at such a border. The lists are put into pages here, by the format's definition.
 */
class ListsAcrossPagesTest {
  private static final int LISTS = 600;
  private static final int LONGEST = 700;
  private static final int[] BATCHES = {1, 7, 64, 4096};

  @TempDir private Path folder;

  /** One place of a list: its levels, and its value where it has one. */
  private record Place(int repetition, int definition, float value) {}

  private final Random random = new Random(15);
  private final List<Place> places = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  /**
   * Lists of any length, some of them null or empty, some elements null, as far as a column may
   * have such; long stretches without any.
   */
  private void fill(boolean nullLists, boolean nullElements) {
    int element = (nullLists ? 1 : 0) + (nullElements ? 1 : 0) + 1;
    int empty = nullLists ? 1 : 0;
    for (int i = 0; i < LISTS; i++) {
      boolean plain = i % 200 > 120;
      if (nullLists && !plain && random.nextInt(9) == 0) {
        places.add(new Place(0, 0, 0));
        expected.add("null|");
        continue;
      }
      int length = i % 150 == 77 ? LONGEST : plain ? 10 : random.nextInt(9);
      List<String> list = new ArrayList<>();
      for (int j = 0; j < length; j++) {
        boolean missing = nullElements && !plain && random.nextInt(6) == 0;
        float value = random.nextFloat();
        places.add(new Place(j == 0 ? 0 : 1, missing ? element - 1 : element, value));
        list.add(missing ? "null" : Integer.toHexString(Float.floatToRawIntBits(value)));
      }
      if (length == 0) {
        places.add(new Place(0, empty, 0));
      }
      expected.add(list + "|");
    }
  }

  private static BytesInput levels(List<Integer> levels, int width) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            width, 64, 1 << 16, HeapByteBufferAllocator.getInstance())) {
      for (int level : levels) {
        encoder.writeInt(level);
      }
      byte[] runs = bytes(encoder.toBytes());
      return BytesInput.concat(BytesInput.fromInt(runs.length), BytesInput.from(runs));
    }
  }

  private static byte[] bytes(BytesInput input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    input.writeAllTo(out);
    return out.toByteArray();
  }

  private static BytesInput page(List<Place> some, int highest) throws IOException {
    ByteBuffer values =
        ByteBuffer.allocate(some.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    some.stream()
        .filter(place -> place.definition() == highest)
        .forEach(place -> values.putFloat(place.value()));
    byte[] plain = new byte[values.position()];
    values.flip().get(plain);
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(highest);
    BytesInput page =
        BytesInput.concat(
            levels(some.stream().map(Place::repetition).toList(), 1),
            levels(some.stream().map(Place::definition).toList(), width),
            BytesInput.from(plain));
    return BytesInput.from(bytes(page));
  }

  private Path write(MessageType schema, int mostPlaces) throws IOException {
    ColumnDescriptor column = schema.getColumns().get(0);
    Path path = folder.resolve("lists.parquet");
    ParquetFileWriter file =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(
                new org.apache.hadoop.fs.Path(path.toUri()), new Configuration()),
            schema,
            ParquetFileWriter.Mode.OVERWRITE,
            1 << 20,
            0,
            64,
            64,
            true);
    file.start();
    file.startBlock(LISTS);
    file.startColumn(column, places.size(), CompressionCodecName.UNCOMPRESSED);
    for (int from = 0; from < places.size(); ) {
      int to = Math.min(places.size(), from + 1 + random.nextInt(mostPlaces));
      List<Place> some = places.subList(from, to);
      BytesInput page = page(some, column.getMaxDefinitionLevel());
      file.writeDataPage(
          some.size(),
          (int) page.size(),
          page,
          Statistics.createStats(column.getPrimitiveType()),
          some.stream().filter(place -> place.repetition() == 0).count(),
          Encoding.RLE,
          Encoding.RLE,
          Encoding.PLAIN);
      from = to;
    }
    file.endColumn();
    file.endBlock();
    file.end(Map.of());
    return path;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optional group x (LIST) { repeated group list { optional float element; } }",
        "optional group x (LIST) { repeated group list { required float element; } }",
        "required group x (LIST) { repeated group list { optional float element; } }",
        "required group x (LIST) { repeated group list { required float element; } }",
      })
  void aListMayGoOnInTheNextPages(String shape) throws IOException, UnsupportedFile {
    MessageType schema = MessageTypeParser.parseMessageType("message table { " + shape + " }");
    fill(shape.startsWith("optional"), shape.contains("optional float"));
    StructType type =
        new StructType().add("x", DataTypes.createArrayType(DataTypes.FloatType, true));
    for (int mostPlaces : new int[] {1, 3, 40, 300}) {
      Path file = write(schema, mostPlaces);
      for (int batch : BATCHES) {
        assertEquals(
            expected,
            ReadRows.byPages(file, type, batch),
            "pages of up to " + mostPlaces + " places, batches of " + batch);
      }
    }
  }
}
