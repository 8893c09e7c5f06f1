package dev.sigmax.parquet.read;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.bytes.PageMemory;
import dev.sigmax.parquet.codec.PageCodec;
import dev.sigmax.parquet.vector.FileBatch;
import dev.sigmax.parquet.vector.NullVector;
import dev.sigmax.parquet.vector.PageVector;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads the columns of a file batch by batch. A batch does not reach over the end of a row group,
 * and holds until the next. Not thread-safe.
 */
public final class PageBatches implements Closeable {
  /** What a batch's rows are read by. */
  private record Column(ColumnDescriptor descriptor, ColumnReader reader) {
    String name() {
      return descriptor.getPath()[0];
    }
  }

  private final FileBytes file;
  private final int batchRows;
  private final List<FileColumns.RowGroup> rowGroups;
  private final List<Column> columns = new ArrayList<>();
  private final Map<CompressionCodecName, PageCodec> codecs =
      new EnumMap<>(CompressionCodecName.class);
  private final FileBatch batch;
  private int rowGroup;
  private long left;

  /** The index in the file of the next row; negative where it is not known. */
  private long row;

  /**
   * Reads from an open file, which is closed with this.
   *
   * @param path of the file, as people know it
   * @param batchRows how many rows a batch has, but for the last of a row group
   * @param constants columns of every batch behind those of the file
   * @param checked whether pages are held against their checksums
   */
  public PageBatches(
      FileBytes file,
      String path,
      FileColumns asked,
      int batchRows,
      List<ColumnVector> constants,
      PageMemory memory,
      boolean checked) {
    this.file = file;
    this.batchRows = batchRows;
    this.rowGroups = asked.rowGroups();
    List<ColumnVector> vectors = new ArrayList<>();
    for (FileColumns.Source source : asked.sources()) {
      if (source instanceof FileColumns.Source.Flat flat) {
        columns.add(
            new Column(
                flat.column(),
                new FlatColumnReader(file, flat.column(), flat.vector(), memory, checked)));
        vectors.add(flat.vector());
      } else if (source instanceof FileColumns.Source.Lists lists) {
        columns.add(
            new Column(
                lists.column(),
                new ListColumnReader(
                    file,
                    lists.column(),
                    lists.vector(),
                    lists.elements(),
                    lists.optionalElements(),
                    memory,
                    checked)));
        vectors.add(lists.vector());
      } else if (source instanceof FileColumns.Source.Missing missing) {
        vectors.add(new NullVector(missing.field().dataType(), batchRows));
      }
    }
    vectors.addAll(constants);
    this.batch = new FileBatch(path, vectors.toArray(new ColumnVector[0]));
  }

  /**
   * Reads the next batch; false if there is none.
   *
   * @throws IOException if the file cannot be read
   * @throws ParquetDecodingException if its pages make no sense, with the column
   */
  public boolean next() throws IOException {
    while (left == 0) {
      if (rowGroup == rowGroups.size()) {
        return false;
      }
      start(rowGroups.get(rowGroup++));
    }
    int rows = (int) Math.min(left, batchRows);
    left -= rows;
    for (Column column : columns) {
      try {
        column.reader().read(rows);
        if (left == 0) {
          column.reader().end();
        }
      } catch (RuntimeException e) {
        throw damaged(column, e);
      }
    }
    batch.setNumRows(rows);
    batch.startsAt(row < 0 ? FileBatch.UNKNOWN : row);
    row = row < 0 ? row : row + rows;
    return true;
  }

  private void start(FileColumns.RowGroup group) throws IOException {
    left = group.rows();
    row = group.firstRow();
    if (left < 0) {
      throw new ParquetDecodingException("a row group of " + left + " rows");
    }
    if (left == 0) {
      return;
    }
    file.announce(
        columns.stream()
            .map(column -> group.chunk(column.descriptor()).orElseThrow())
            .map(chunk -> new FileBytes.Range(chunk.getStartingPos(), chunk.getTotalSize()))
            .toList());
    for (Column column : columns) {
      try {
        ColumnChunkMetaData chunk = group.chunk(column.descriptor()).orElseThrow();
        PageCodec codec = codecs.computeIfAbsent(chunk.getCodec(), PageCodec::of);
        column.reader().start(chunk, codec);
      } catch (RuntimeException e) {
        throw damaged(column, e);
      }
    }
  }

  /** Not with its cause: a person is told the innermost, which does not know the column. */
  private static ParquetDecodingException damaged(Column column, RuntimeException e) {
    boolean told = e instanceof ParquetDecodingException || e instanceof IllegalArgumentException;
    ParquetDecodingException damaged =
        new ParquetDecodingException(
            "a page of the column "
                + column.name()
                + (told || e instanceof UnsupportedOperationException
                    ? ": " + e.getMessage()
                    : " makes no sense (" + e.getClass().getSimpleName() + ")"));
    damaged.addSuppressed(e);
    return damaged;
  }

  /** Whether a column was read here, and not by Spark's reader. */
  public static boolean reads(ColumnVector column) {
    return column instanceof PageVector;
  }

  /** The batch that was read last; always the same object. */
  public ColumnarBatch batch() {
    return batch;
  }

  /** Gives all memory back and closes the file. */
  @Override
  public void close() throws IOException {
    try (file) {
      columns.forEach(column -> column.reader().close());
      codecs.values().forEach(PageCodec::close);
      codecs.clear();
    }
  }
}
