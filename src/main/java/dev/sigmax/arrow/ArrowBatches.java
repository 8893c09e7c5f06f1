package dev.sigmax.arrow;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.bytes.PageMemory;
import dev.sigmax.parquet.vector.BatchRows;
import dev.sigmax.parquet.vector.FileBatch;
import dev.sigmax.parquet.vector.LongVector;
import dev.sigmax.parquet.vector.NullVector;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads columns of a file batch by batch. A batch is a part of a record batch, and holds until the
 * next. Not thread-safe.
 */
public final class ArrowBatches implements Closeable {
  /** What all windows of a file may take together, about. */
  private static final int BYTES = 1 << 25;

  private static final int SMALLEST_WINDOW = 1 << 14;

  /** A window holds whole values of this many bytes, and of those that it is a multiple of. */
  private static final int WIDEST_VALUE = 16;

  /**
   * A record batch is read by one task where its columns may have to be in memory with more bytes
   * than these: each task that reads a part of it would hold them.
   */
  private static final long MOST_HELD = 1L << 28;

  /** Buffers in a column: what is null, offsets, values; and what is null in a list. */
  private static final int BUFFERS = 3;

  /**
   * What is read.
   *
   * @param columns the columns, in order; one that the file does not have is null throughout
   * @param start rows that stand from this place of the file on, as {@link BlockRows} has it
   * @param end and before this one
   * @param rowIndex the column, if any, that is the place of each row in the file, from 0
   * @param constants columns of every batch behind these
   */
  public record Request(
      List<StructField> columns,
      long start,
      long end,
      Optional<String> rowIndex,
      List<ColumnVector> constants) {}

  /** A column that is read. */
  private record Column(int field, String name, ArrowColumn reader) {}

  private final ArrowFile file;
  private final Request request;
  private final long mostHeldByEach;
  private final List<Column> columns = new ArrayList<>();
  private final ColumnFactory factory;
  private final FileBatch batch;
  private Optional<LongVector> places = Optional.empty();
  private ByteBuffer placeBytes = ByteBuffer.allocate(0);
  private int next;
  private int nextDictionary;
  private int batchRows;
  private long blockRows;
  private long taken;
  private long left;
  private long firstRow;

  /**
   * Opens a file, which is closed with this.
   *
   * @throws DamagedFile if it is none, or has not the columns that are asked for
   */
  public static ArrowBatches open(
      Path path, Configuration configuration, Request request, PageMemory memory)
      throws IOException {
    ArrowFile file = ArrowFile.open(path, configuration);
    try {
      return new ArrowBatches(file, path.toString(), request, memory);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Reads from an open file, which is closed with this.
   *
   * @param path of the file, as people know it
   */
  public ArrowBatches(ArrowFile file, String path, Request request, PageMemory memory) {
    this(file, path, request, memory, MOST_HELD);
  }

  /** The same, with a record batch read by one task where it may hold more bytes in memory. */
  ArrowBatches(
      ArrowFile file, String path, Request request, PageMemory memory, long mostHeldByEach) {
    this.file = file;
    this.request = request;
    this.mostHeldByEach = mostHeldByEach;
    FileBytes bytes = file.bytes();
    int share = BYTES / (BUFFERS * Math.max(1, request.columns().size()));
    int window = Math.max(SMALLEST_WINDOW, Math.min(share, bytes.piece()));
    this.factory = new ColumnFactory(bytes, memory, window - window % WIDEST_VALUE);
    List<ColumnVector> vectors = new ArrayList<>();
    for (StructField field : request.columns()) {
      vectors.add(vector(field));
    }
    vectors.addAll(request.constants());
    this.batch = new FileBatch(path, vectors.toArray(new ColumnVector[0]));
  }

  private ColumnVector vector(StructField asked) {
    if (request.rowIndex().equals(Optional.of(asked.name()))) {
      LongVector vector = new LongVector(DataTypes.LongType);
      places = Optional.of(vector);
      return vector;
    }
    List<Field> fields = file.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).getName().equals(asked.name())) {
        return vector(i, fields.get(i), asked);
      }
    }
    return new NullVector(asked.dataType(), BatchRows.MOST);
  }

  private ColumnVector vector(int index, Field field, StructField asked) {
    Optional<DataType> stored = ArrowTypes.of(field);
    DataType wanted = asked.dataType();
    if (stored.isEmpty() || !ColumnFactory.gives(nullable(stored.get()), nullable(wanted))) {
      throw new DamagedFile(
          "the column "
              + asked.name()
              + " is "
              + ArrowTypes.name(field)
              + ", and should be "
              + wanted.catalogString());
    }
    ArrowColumn reader = factory.column(field, wanted);
    columns.add(new Column(index, field.getName(), reader));
    return reader.vector();
  }

  private static DataType nullable(DataType type) {
    return type instanceof org.apache.spark.sql.types.ArrayType list
        ? DataTypes.createArrayType(list.elementType())
        : type;
  }

  /**
   * Reads the next batch; false if there is none.
   *
   * @throws IOException if the file cannot be read
   * @throws DamagedFile if what it says makes no sense, with the column
   */
  public boolean next() throws IOException {
    while (left == 0) {
      if (next == file.batches().size()) {
        return false;
      }
      try {
        start(file.batches().get(next++));
      } catch (RuntimeException e) {
        throw DamagedFile.inHeader(e);
      }
    }
    int rows = (int) Math.min(left, batchRows);
    for (Column column : columns) {
      try {
        column.reader().vector().clear();
        column.reader().read(taken, rows, 0);
      } catch (RuntimeException e) {
        throw DamagedFile.in(column.name(), e);
      }
    }
    placeRows(rows);
    batch.setNumRows(rows);
    batch.startsAt(firstRow + taken);
    taken += rows;
    left -= rows;
    firstRow += left == 0 ? blockRows : 0;
    return true;
  }

  private void placeRows(int rows) {
    if (places.isEmpty()) {
      return;
    }
    if (placeBytes.capacity() < rows * Long.BYTES) {
      placeBytes = ByteBuffer.allocate(rows * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
    for (int i = 0; i < rows; i++) {
      placeBytes.putLong(i * Long.BYTES, firstRow + taken + i);
    }
    places.get().reserve(rows);
    places.get().plain(placeBytes, 0, 0, rows);
  }

  private void start(MessageBlock block) throws IOException {
    BlockRows rows = BlockRows.of(block, request.start(), request.end());
    blockRows = block.rows();
    if (!rows.isEmpty()) {
      takeDictionaries(file.isStream() ? block.offset() : Long.MAX_VALUE);
      RecordBatch header = MessageReader.batch(file.header(block));
      if (header.compression() != null) {
        // Each task would have to decompress all that stands before its rows.
        rows = BlockRows.uncut(block, request.start(), request.end());
      }
      if (!rows.isEmpty() && startColumns(header, block) > mostHeldByEach) {
        rows = BlockRows.uncut(block, request.start(), request.end());
      }
    }
    taken = rows.from();
    left = rows.to() - rows.from();
    firstRow += left == 0 ? blockRows : 0;
  }

  /** Tells how many bytes may have to be in memory at once. */
  private long startColumns(RecordBatch header, MessageBlock block) throws IOException {
    long bytes = 0;
    long held = 0;
    for (Column column : columns) {
      try {
        FieldLayout.Place place = file.layout().of(column.field(), header);
        column.reader().start(new BatchCursor(header, block.body(), place));
        bytes += column.reader().bytes();
        held += column.reader().heldBytes();
      } catch (RuntimeException e) {
        throw DamagedFile.in(column.name(), e);
      }
    }
    long bytesInRow = bytes / blockRows;
    batchRows = BatchRows.of(bytesInRow / Float.BYTES, bytesInRow);
    return held;
  }

  /** Takes all dictionaries before a place of the file, in their order. */
  private void takeDictionaries(long before) throws IOException {
    List<MessageBlock> blocks = file.dictionaries();
    while (!factory.dictionaries().isEmpty()
        && nextDictionary < blocks.size()
        && blocks.get(nextDictionary).offset() < before) {
      MessageBlock block = blocks.get(nextDictionary++);
      Message message = file.header(block);
      DictionaryBatch values = MessageReader.dictionary(message);
      ArrowDictionary dictionary = factory.dictionaries().get(values.id());
      if (dictionary != null) {
        try {
          dictionary.take(values, block.body());
        } catch (RuntimeException e) {
          throw DamagedFile.in("of the dictionary " + values.id(), e);
        }
      }
    }
  }

  /** The batch that was read last; always the same object. */
  public ColumnarBatch batch() {
    return batch;
  }

  /** Gives all memory back and closes the file. */
  @Override
  public void close() throws IOException {
    try {
      for (Column column : columns) {
        column.reader().close();
      }
      for (ArrowDictionary dictionary : factory.dictionaries().values()) {
        dictionary.close();
      }
    } finally {
      file.close();
    }
  }
}
