package dev.sigmax.columnar.exec;

import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.parquet.write.BufferedOutputFile;
import dev.sigmax.parquet.write.ColumnWriter;
import dev.sigmax.parquet.write.PageCompressor;
import dev.sigmax.parquet.write.PageTypes;
import dev.sigmax.parquet.write.RowGroup;
import dev.sigmax.parquet.write.WriteLimits;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.spark.FooterNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.package$;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * One Parquet file, written a batch at a time: PLAIN pages, dictionaries of columns that repeat,
 * page checksums, column and offset indexes, row groups bounded by bytes. Buffers what a row group
 * needs. Not thread-safe.
 */
public final class ColumnarFile extends OutputWriter {
  /** A session's setting: {@code false} compresses every chunk, whatever that comes to. */
  static final String ADAPTIVE = "spark.sigmax.columnar.adaptiveCompression";

  private static final String COLUMNAR = "columnar";

  private final String path;
  private final MessageType schema;
  private final Map<String, String> footer = new HashMap<>();
  private final List<ColumnWriter> columns = new ArrayList<>();

  /** The field of the table that each column belongs to. */
  private final int[] fields;

  private final ParquetFileWriter file;
  private final PageCompressor compressor;
  private final WriteLimits limits;
  private final RowGroup rowGroup;
  private long rowGroupRows;

  /** After a failure what is buffered belongs nowhere. */
  private boolean failed;

  /**
   * Creates the file, with the settings that Spark's own writer would take.
   *
   * @param distinct the columns, counted from 0, whose values hardly repeat: no dictionary is tried
   */
  public ColumnarFile(
      String path, StructType table, Set<Integer> distinct, Configuration configuration)
      throws IOException {
    this.path = path;
    this.schema =
        FieldIds.of(configuration)
            .on(new SparkToParquetSchemaConverter(configuration).convert(table));
    List<ColumnDescriptor> descriptors = schema.getColumns();
    List<Boolean> repeating = new ArrayList<>();
    for (int i = 0; i < table.length(); i++) {
      for (DataType type : PageTypes.columnsOf(table.fields()[i].dataType())) {
        repeating.add(
            !distinct.contains(i)
                && PageTypes.mayRepeat(type)
                && dictionaryEnabled(descriptors.get(repeating.size()), configuration));
      }
    }
    this.limits =
        WriteLimits.of(configuration, descriptors.size(), Collections.frequency(repeating, true));
    this.fields = new int[descriptors.size()];
    for (int i = 0; i < table.length(); i++) {
      StructField field = table.fields()[i];
      int places = PageTypes.columnsOf(field.dataType()).size();
      for (int place = 0; place < places; place++) {
        int column = columns.size();
        fields[column] = i;
        columns.add(
            PageTypes.pagesFor(
                field.dataType(),
                place,
                field.nullable(),
                descriptors.get(column),
                repeating.get(column) ? limits.dictionaryBytes() : 0));
      }
    }
    footer.put("org.apache.spark.version", package$.MODULE$.SPARK_VERSION_SHORT());
    footer.put("org.apache.spark.sql.parquet.row.metadata", table.json());
    footer.put(Footer.ENGINE_KEY, COLUMNAR);

    this.compressor =
        new PageCompressor(
            CompressionCodecName.fromConf(configuration.get(ParquetOutputFormat.COMPRESSION)),
            configuration,
            limits.pageBytes());
    boolean adaptive = configuration.getBoolean(ADAPTIVE, true);
    List<Boolean> mayLeave = new ArrayList<>();
    for (boolean repeats : repeating) {
      // Indexes into a dictionary do not shrink, and its values do.
      mayLeave.add(adaptive && !repeats);
    }
    this.rowGroup = new RowGroup(mayLeave, compressor);
    try {
      this.file = begun(path, schema, limits, configuration);
    } catch (IOException | RuntimeException e) {
      compressor.close();
      throw e;
    }
  }

  private static ParquetFileWriter begun(
      String path, MessageType schema, WriteLimits limits, Configuration configuration)
      throws IOException {
    ParquetFileWriter writer =
        new ParquetFileWriter(
            BufferedOutputFile.of(new Path(path), configuration),
            schema,
            ParquetFileWriter.Mode.CREATE,
            limits.rowGroupBytes(),
            configuration.getInt(
                ParquetOutputFormat.MAX_PADDING_BYTES, ParquetWriter.MAX_PADDING_SIZE_DEFAULT),
            configuration.getInt(
                ParquetOutputFormat.COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH),
            configuration.getInt(
                ParquetOutputFormat.STATISTICS_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH),
            ParquetOutputFormat.getPageWriteChecksumEnabled(configuration));
    try {
      writer.start();
      return writer;
    } catch (IOException | RuntimeException e) {
      try {
        writer.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private static boolean dictionaryEnabled(ColumnDescriptor column, Configuration configuration) {
    return configuration.getBoolean(
        ParquetOutputFormat.ENABLE_DICTIONARY + "#" + String.join(".", column.getPath()),
        ParquetOutputFormat.getEnableDictionary(configuration));
  }

  /** Takes a batch; what the file needs of it is copied. */
  public void write(ColumnarBatch batch) throws IOException {
    failed = true;
    int rows;
    for (int from = 0; from < batch.numRows(); from += rows) {
      rows = rowsThatFit(batch, from);
      for (int i = 0; i < columns.size(); i++) {
        append(i, batch.column(fields[i]), from, rows);
      }
      rowGroupRows += rows;
      if (rowGroup.bytes() >= limits.rowGroupBytes() || rowGroupRows >= limits.rowGroupRows()) {
        endRowGroup();
      }
    }
    failed = false;
  }

  /** How many rows of a batch to take before looking whether the row group is full. */
  private int rowsThatFit(ColumnarBatch batch, int from) {
    int rows = (int) Math.min(batch.numRows() - from, limits.rowGroupRows() - rowGroupRows);
    for (int i = 0; i < columns.size(); i++) {
      rows = columns.get(i).rowsWithin(batch.column(fields[i]), from, rows, limits.rowGroupBytes());
    }
    return rows;
  }

  private void append(int index, ColumnVector vector, int from, int rows) throws IOException {
    ColumnWriter pages = columns.get(index);
    int end = from + rows;
    for (int at = from; at < end; ) {
      int count = Math.min(end - at, limits.pageRows());
      if (pages.rows() > 0 && pages.rows() + count > limits.pageRows()) {
        pages.flush(rowGroup, index);
      }
      at += pages.append(vector, at, count, limits.pageBytes());
      if (pages.bytes() >= limits.pageBytes()) {
        pages.flush(rowGroup, index);
      }
    }
  }

  private void endRowGroup() throws IOException {
    if (rowGroupRows > 0) {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).endChunk(rowGroup, i);
      }
      rowGroup.writeTo(file, schema.getColumns(), rowGroupRows);
      rowGroupRows = 0;
    }
  }

  @Override
  public void write(InternalRow row) {
    throw new UnsupportedOperationException("a columnar file takes batches");
  }

  /** Writes what is buffered, and the footer; after a failure it only lets go of the file. */
  @Override
  public void close() {
    try (ParquetFileWriter closing = file) {
      if (!failed) {
        endRowGroup();
        footer.putAll(FooterNotes.take());
        closing.end(footer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      compressor.close();
    }
  }

  @Override
  public String path() {
    return path;
  }
}
