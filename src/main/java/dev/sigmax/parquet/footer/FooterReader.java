package dev.sigmax.parquet.footer;

import dev.sigmax.arrow.ArrowFile;
import dev.sigmax.error.Causes;
import dev.sigmax.error.Counted;
import dev.sigmax.parquet.read.FileColumns;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.spark.SparkSchema;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.BadConfigurationException;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads the footer of one file; what cannot be read is told, not thrown. */
final class FooterReader {
  /** A file begins with {@code PAR1}. */
  private static final int MAGIC_BYTES = 4;

  /** In which the sizes of chunks are told, so that many small files say the same. */
  private static final long BYTES_STEP = 1 << 16;

  private FooterReader() {}

  /**
   * The footer of a file.
   *
   * @param wanted the top-level columns whose chunks are of interest
   */
  static Footer read(String path, Configuration configuration, Predicate<String> wanted) {
    HadoopInputFile file;
    try {
      file = HadoopInputFile.fromPath(new Path(path), configuration);
    } catch (FileNotFoundException e) {
      return Footer.unreadable(path, "it is not there any more");
    } catch (IOException e) {
      return Footer.unreadable(
          path, FooterProblem.of(e, () -> "it cannot be opened: " + e.getMessage()));
    }
    if (file.getLength() == 0) {
      return Footer.unreadable(path, "it has 0 bytes. Remove it or write it again");
    }
    if (ArrowFile.isNamed(file.getPath().getName()) && isArrow(file)) {
      return ArrowFooter.read(path, configuration, wanted);
    }
    ParquetReadOptions options = HadoopReadOptions.builder(configuration).build();
    try {
      Optional<org.apache.parquet.format.FileMetaData> told = ParsedFooter.told(file);
      Optional<ParsedFooter> parsed = told.flatMap(each -> ParsedFooter.of(each, options));
      ParquetMetadata metadata =
          parsed.isPresent() ? parsed.get().metadata() : whole(file, options);
      Footer footer = describe(path, file, metadata, wanted);
      if (told.isPresent()) {
        FooterTotals.requireRight(told.get(), footer.rows(), file.getLength());
      }
      return footer;
    } catch (IOException | RuntimeException e) {
      return isArrow(file)
          ? ArrowFooter.read(path, configuration, wanted)
          : Footer.unreadable(path, FooterProblem.of(e, () -> explain(file, e)));
    } catch (OutOfMemoryError e) {
      return Footer.unreadable(path, "its footer asks for more memory than there is: " + e);
    }
  }

  /** Whether its first bytes are Arrow's; where they cannot be read, its reader says why. */
  private static boolean isArrow(HadoopInputFile file) {
    try {
      return ArrowFile.begins(ForeignFormat.head(file));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static ParquetMetadata whole(HadoopInputFile file, ParquetReadOptions options)
      throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
      return reader.getFooter();
    }
  }

  private static Footer describe(
      String path, HadoopInputFile file, ParquetMetadata metadata, Predicate<String> wanted)
      throws IOException {
    SparkSchema schema = SparkSchema.of(metadata.getFileMetaData());
    Map<String, String> notOwn = FileColumns.obstacles(metadata, wanted(schema, wanted));
    Map<String, ColumnChunks> columns = new LinkedHashMap<>();
    Set<String> codecs = new TreeSet<>();
    Set<String> uncompressed = new LinkedHashSet<>();
    long rows = 0;
    for (BlockMetaData rowGroup : metadata.getBlocks()) {
      requireConsistent(rowGroup, metadata.getFileMetaData().getSchema(), file.getLength());
      rows += rowGroup.getRowCount();
      for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
        codecs.add(chunk.getCodec().name());
        String column = chunk.getPath().toArray()[0];
        if (chunk.getCodec() == CompressionCodecName.UNCOMPRESSED) {
          uncompressed.add(column);
        }
        if (wanted.test(column)) {
          columns.merge(
              column,
              chunksOf(
                  chunk, forRowReader(file, chunk, metadata.getFileMetaData()), notOwn.get(column)),
              ColumnChunks::with);
        }
      }
    }
    Map<String, String> notes = new HashMap<>(metadata.getFileMetaData().getKeyValueMetaData());
    notes.keySet().removeIf(key -> !key.startsWith(Footer.OWN_KEYS));
    return new Footer(
        path,
        Footer.Format.PARQUET,
        null,
        rows,
        metadata.getBlocks().size(),
        String.valueOf(metadata.getFileMetaData().getCreatedBy()),
        schema.columns(),
        schema.unsupported(),
        columns,
        codecs,
        notes,
        uncompressed,
        notes.getOrDefault(Footer.ENGINE_KEY, Footer.ROW),
        FieldIds.in(metadata.getFileMetaData().getSchema()));
  }

  private static StructType wanted(SparkSchema schema, Predicate<String> wanted) {
    return new StructType(
        Arrays.stream(schema.columns().fields())
            .filter(field -> wanted.test(field.name()))
            .toArray(StructField[]::new));
  }

  /** Spark believes what a footer says of its row groups, and would lose rows or make some up. */
  private static void requireConsistent(
      BlockMetaData rowGroup, MessageType schema, long fileBytes) {
    long rows = rowGroup.getRowCount();
    if (rows < 0) {
      throw new IllegalArgumentException("a row group of " + Counted.of(rows, "row"));
    }
    for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
      long from = chunk.getStartingPos();
      long bytes = chunk.getTotalSize();
      // Of an empty one nobody reads a chunk, and Arrow's writer says that its pages begin at 0.
      if (rows > 0 && (from < MAGIC_BYTES || bytes < 0 || bytes > fileBytes - from)) {
        throw new IllegalArgumentException(
            "the column "
                + chunk.getPath().toDotString()
                + " should take "
                + Counted.of(bytes, "byte")
                + " from "
                + from
                + " on, in a file of "
                + fileBytes);
      }
      ColumnDescriptor column = schema.getColumnDescription(chunk.getPath().toArray());
      boolean flat = column.getMaxRepetitionLevel() == 0;
      if (flat && chunk.getValueCount() != rows) {
        throw new IllegalArgumentException(
            "a row group of "
                + Counted.of(rows, "row")
                + " holds "
                + Counted.of(chunk.getValueCount(), "value")
                + " of the column "
                + chunk.getPath().toDotString());
      }
    }
  }

  private static String forRowReader(
      HadoopInputFile file, ColumnChunkMetaData chunk, FileMetaData metadata) {
    return VectorizedReader.cannotRead(
        file,
        chunk,
        metadata.getSchema().getColumnDescription(chunk.getPath().toArray()),
        String.valueOf(metadata.getCreatedBy()));
  }

  private static ColumnChunks chunksOf(
      ColumnChunkMetaData chunk, String forRowReader, String notOwn) {
    Set<String> encodings = new TreeSet<>();
    for (Encoding encoding : chunk.getEncodings()) {
      encodings.add(encoding.name());
    }
    long bytes = (chunk.getTotalSize() + BYTES_STEP - 1) / BYTES_STEP * BYTES_STEP;
    Statistics<?> statistics = chunk.getStatistics();
    if (statistics == null || statistics.isEmpty()) {
      return new ColumnChunks(encodings, -1, null, forRowReader, notOwn, bytes);
    }
    long nulls = statistics.isNumNullsSet() ? statistics.getNumNulls() : -1;
    ColumnChunks.Range range = null;
    if (statistics.hasNonNullValue()) {
      if (statistics instanceof DoubleStatistics doubles) {
        range = range(doubles.getMin(), doubles.getMax());
      } else if (statistics instanceof FloatStatistics floats) {
        range = range(floats.getMin(), floats.getMax());
      } else {
        range = wholeNumbers(chunk.getPrimitiveType(), statistics);
      }
    }
    return new ColumnChunks(encodings, nulls, range, forRowReader, notOwn, bytes);
  }

  /** Writers give a smallest 0 as -0.0, to be on the safe side of both; adding 0 makes it 0. */
  private static ColumnChunks.Range range(double min, double max) {
    return new ColumnChunks.Range(min + 0.0, max);
  }

  /** Of dates, decimals and the like none: their numbers stand for something else. */
  private static ColumnChunks.Range wholeNumbers(PrimitiveType type, Statistics<?> statistics) {
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    boolean whole =
        annotation == null
            || (annotation instanceof IntLogicalTypeAnnotation number && number.isSigned());
    return whole && statistics.genericGetMin() instanceof Number min
        ? new ColumnChunks.Range(min.longValue(), ((Number) statistics.genericGetMax()).longValue())
        : null;
  }

  private static String explain(HadoopInputFile file, Exception e) {
    try {
      Optional<String> foreign = ForeignFormat.explain(file, file.getPath());
      if (foreign.isPresent()) {
        return foreign.get();
      }
    } catch (IOException | RuntimeException unread) {
      // Then the first failure says enough.
      e.addSuppressed(unread);
    }
    return explain(file.getPath(), e);
  }

  private static String explain(Path path, Exception e) {
    if (Causes.chain(e)
        .anyMatch(
            cause ->
                cause instanceof BadConfigurationException
                    || cause instanceof ClassNotFoundException)) {
      return "a setting of Parquet or Hadoop stands in the way, not the file: "
          + Causes.rootMessage(e);
    }
    // Beside a local file Hadoop looks for one of its checksums, whose name a colon makes
    // impossible.
    return path.getName().indexOf(':') >= 0 && e instanceof IllegalArgumentException
        ? "Hadoop's local file system cannot open a name with a colon; rename it"
        : "it cannot be read as "
            + (ArrowFile.isNamed(path.getName())
                ? "Arrow (its first bytes are not those of an Arrow file or stream"
                : "Parquet (" + Causes.rootMessage(e))
            + "). Remove it or write it again";
  }
}
