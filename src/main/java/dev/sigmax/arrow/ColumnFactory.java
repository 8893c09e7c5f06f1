package dev.sigmax.arrow;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.bytes.PageMemory;
import dev.sigmax.parquet.vector.BytesVector;
import dev.sigmax.parquet.vector.DoubleVector;
import dev.sigmax.parquet.vector.FloatVector;
import dev.sigmax.parquet.vector.IntVector;
import dev.sigmax.parquet.vector.LongVector;
import dev.sigmax.parquet.vector.PageVector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Makes the readers of columns, and of the dictionaries that they need. */
final class ColumnFactory {
  private final FileBytes file;
  private final PageMemory memory;
  private final int windowBytes;
  private final Map<Long, ArrowDictionary> dictionaries = new LinkedHashMap<>();

  /** Readers that read about so many bytes of a buffer at once. */
  ColumnFactory(FileBytes file, PageMemory memory, int windowBytes) {
    this.file = file;
    this.memory = memory;
    this.windowBytes = windowBytes;
  }

  /** The dictionaries of the columns that were made, by their ids in the file. */
  Map<Long, ArrowDictionary> dictionaries() {
    return dictionaries;
  }

  /**
   * The reader of a column that {@link ArrowTypes} has a type for.
   *
   * @param asked the type to give its values in: that one, or double for float
   */
  ArrowColumn column(Field field, DataType asked) {
    DictionaryEncoding encoding = field.getDictionary();
    if (encoding == null) {
      return plain(field, asked);
    }
    ArrowDictionary dictionary =
        dictionaries.computeIfAbsent(
            encoding.getId(), id -> new ArrowDictionary(plain(field, asked)));
    // The same kind of vector as the dictionary's own; its reader reads nothing.
    PageVector vector = plain(field, asked).vector();
    ArrowType.Int index = encoding.getIndexType();
    return new DictionaryColumn(
        vector,
        dictionary,
        index.getBitWidth() / Byte.SIZE,
        index.getIsSigned(),
        buffer(),
        buffer());
  }

  private BodyBuffer buffer() {
    return new BodyBuffer(file, memory, windowBytes);
  }

  private ArrowColumn plain(Field field, DataType asked) {
    ArrowType type = ArrowTypes.stored(field);
    if (ArrowTypes.isList(type)) {
      DataType element = ((ArrayType) asked).elementType();
      return lists(type, asked, column(field.getChildren().get(0), element));
    }
    if (type instanceof ArrowType.Bool) {
      return new BooleanColumn(buffer(), buffer());
    }
    if (ArrowTypes.isViews(type)) {
      return new ViewColumn(asked, buffer(), buffer(), new ViewedBuffers(this::buffer));
    }
    boolean large = type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary;
    if (large || type instanceof ArrowType.Utf8 || type instanceof ArrowType.Binary) {
      return new BytesColumn(asked, buffer(), new Offsets(buffer(), large), buffer());
    }
    return fixedWidth(type, asked);
  }

  private ArrowColumn lists(ArrowType type, DataType asked, ArrowColumn elements) {
    if (ArrowTypes.isListViews(type)) {
      boolean large = type instanceof ArrowType.LargeListView;
      return new ListViewColumn(asked, buffer(), buffer(), buffer(), large, elements);
    }
    if (type instanceof ArrowType.FixedSizeList list) {
      return ListColumn.ofFixedSize(asked, buffer(), list.getListSize(), elements);
    }
    boolean large = type instanceof ArrowType.LargeList;
    return ListColumn.ofAnySize(asked, buffer(), new Offsets(buffer(), large), elements);
  }

  private ArrowColumn fixedWidth(ArrowType type, DataType asked) {
    if (type instanceof ArrowType.FloatingPoint floating) {
      boolean half = floating.getPrecision() == FloatingPointPrecision.HALF;
      return floating.getPrecision() == FloatingPointPrecision.DOUBLE
          ? fixedWidth(new DoubleVector(asked), StoredValues.plain(Double.BYTES))
          : fixedWidth(
              new FloatVector(asked),
              half ? StoredValues.halves() : StoredValues.plain(Float.BYTES));
    }
    if (type instanceof ArrowType.Int whole) {
      return whole(whole.getBitWidth() / Byte.SIZE, whole.getIsSigned(), asked);
    }
    if (type instanceof ArrowType.Decimal decimal) {
      int width = decimal.getBitWidth() / Byte.SIZE;
      return fixedWidth(new BytesVector(asked, width), StoredValues.backwards(width, true));
    }
    if (type instanceof ArrowType.FixedSizeBinary fixed) {
      int width = fixed.getByteWidth();
      return fixedWidth(new BytesVector(asked, width), StoredValues.plain(width));
    }
    if (type instanceof ArrowType.Date date) {
      return fixedWidth(
          new IntVector(asked),
          date.getUnit() == DateUnit.DAY
              ? StoredValues.plain(Integer.BYTES)
              : StoredValues.milliseconds());
    }
    if (type instanceof ArrowType.Timestamp time) {
      StoredValues stored =
          switch (time.getUnit()) {
            case SECOND -> StoredValues.timestamps(1_000_000);
            case MILLISECOND -> StoredValues.timestamps(1_000);
            default -> StoredValues.plain(Long.BYTES);
          };
      return fixedWidth(new LongVector(asked), stored);
    }
    throw new UnsupportedOperationException("the type " + type);
  }

  private ArrowColumn whole(int width, boolean signed, DataType asked) {
    if (width == Long.BYTES) {
      return signed
          ? fixedWidth(new LongVector(asked), StoredValues.plain(width))
          : fixedWidth(new BytesVector(asked, width + 1), StoredValues.backwards(width, false));
    }
    if (width == Integer.BYTES) {
      return signed
          ? fixedWidth(new IntVector(asked), StoredValues.plain(width))
          : fixedWidth(new LongVector(asked), StoredValues.unsignedInts());
    }
    return fixedWidth(new IntVector(asked), StoredValues.small(width, signed));
  }

  private ArrowColumn fixedWidth(PageVector vector, StoredValues stored) {
    return new FixedWidthColumn(vector, stored, buffer(), buffer());
  }

  /** Whether a column that is stored so can be given in another type. */
  static boolean gives(DataType stored, DataType asked) {
    if (stored instanceof ArrayType list && asked instanceof ArrayType other) {
      return gives(list.elementType(), other.elementType());
    }
    return stored.equals(asked)
        || (stored.equals(DataTypes.FloatType) && asked.equals(DataTypes.DoubleType));
  }
}
