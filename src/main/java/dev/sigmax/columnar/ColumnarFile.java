package dev.sigmax.columnar;

import dev.sigmax.parquet.Footer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * One Parquet file, written a batch at a time: PLAIN pages, page checksums, column and offset
 * indexes, row groups bounded by bytes. Buffers what a row group needs; one owner.
 */
final class ColumnarFile extends OutputWriter {
  private static final String COLUMNAR = "columnar";
  private static final int MOST_PAGE_ROWS = 20_000;
  private static final int FEWEST_PAGE_ROWS = 64;
  private static final int PAGE_BYTES = 1 << 20;

  /** All unfinished pages together take about so much. */
  private static final int OPEN_PAGES_BYTES = 32 << 20;

  /** A row group ends here at the latest: larger ones only cost memory and wait for it. */
  private static final long MOST_ROW_GROUP_BYTES = 32 << 20;

  /** All row groups of a JVM that are being filled, one a task, may take this part of its heap. */
  private static final int HEAP_SHARE = 8;

  private final String path;
  private final MessageType schema;
  private final Map<String, String> footer = new HashMap<>();
  private final List<ColumnPages> columns = new ArrayList<>();
  private final ParquetFileWriter file;
  private final PageCompressor compressor;
  private final long rowGroupBytes;
  private final int pageRows;
  private final RowGroup rowGroup;
  private long rowGroupRows;

  /** After a failure what is buffered belongs nowhere. */
  private boolean failed;

  /** Creates the file, with the settings that Spark's own writer would take. */
  ColumnarFile(String path, StructType table, Configuration configuration) throws IOException {
    this.path = path;
    this.schema = new SparkToParquetSchemaConverter(configuration).convert(table);
    List<ColumnDescriptor> descriptors = schema.getColumns();
    for (int i = 0; i < descriptors.size(); i++) {
      StructField field = table.fields()[i];
      columns.add(PageTypes.pagesFor(field.dataType(), field.nullable(), descriptors.get(i)));
    }
    footer.put("org.apache.spark.version", package$.MODULE$.SPARK_VERSION_SHORT());
    footer.put("org.apache.spark.sql.parquet.row.metadata", table.json());
    footer.put(Footer.ENGINE_KEY, COLUMNAR);

    long share =
        Runtime.getRuntime().maxMemory()
            / ((long) HEAP_SHARE * Runtime.getRuntime().availableProcessors());
    this.rowGroupBytes =
        Math.min(
            Math.min(ParquetOutputFormat.getLongBlockSize(configuration), MOST_ROW_GROUP_BYTES),
            Math.max(1 << 23, share));
    this.pageRows =
        Math.max(
            FEWEST_PAGE_ROWS,
            Math.min(MOST_PAGE_ROWS, OPEN_PAGES_BYTES / (Double.BYTES * columns.size())));
    this.compressor =
        new PageCompressor(
            CompressionCodecName.fromConf(configuration.get(ParquetOutputFormat.COMPRESSION)),
            configuration,
            PAGE_BYTES);
    this.rowGroup = new RowGroup(columns.size(), compressor);
    this.file =
        new ParquetFileWriter(
            BufferedOutputFile.of(new Path(path), configuration),
            schema,
            ParquetFileWriter.Mode.CREATE,
            rowGroupBytes,
            configuration.getInt(
                ParquetOutputFormat.MAX_PADDING_BYTES, ParquetWriter.MAX_PADDING_SIZE_DEFAULT),
            configuration.getInt(
                ParquetOutputFormat.COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH),
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetOutputFormat.getPageWriteChecksumEnabled(configuration));
    file.start();
  }

  /** Takes a batch; what the file needs of it is copied. */
  void write(ColumnarBatch batch) throws IOException {
    failed = true;
    int rows = batch.numRows();
    for (int i = 0; i < columns.size(); i++) {
      append(i, batch.column(i), rows);
    }
    rowGroupRows += rows;
    if (rowGroup.bytes() >= rowGroupBytes) {
      endRowGroup();
    }
    failed = false;
  }

  private void append(int index, ColumnVector vector, int rows) throws IOException {
    ColumnPages pages = columns.get(index);
    for (int from = 0; from < rows; ) {
      int count = Math.min(rows - from, Math.max(1, pages.slice(vector, from, PAGE_BYTES)));
      if (pages.rows() > 0 && pages.rows() + count > pageRows) {
        pages.flush(rowGroup, index);
      }
      count = Math.min(count, pageRows);
      pages.append(vector, from, count);
      from += count;
      if (pages.bytes() >= PAGE_BYTES) {
        pages.flush(rowGroup, index);
      }
    }
  }

  private void endRowGroup() throws IOException {
    if (rowGroupRows > 0) {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).flush(rowGroup, i);
      }
      rowGroup.writeTo(file, schema.getColumns(), rowGroupRows, compressor.codec());
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
