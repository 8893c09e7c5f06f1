package dev.sigmax.arrow;

import dev.sigmax.parquet.reference.SampledValues;
import dev.sigmax.parquet.vector.ListVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Samples an Arrow file or stream; its row groups are its record batches. */
public final class SampledBatches implements SampledValues {
  private final Path path;
  private final Configuration configuration;
  private final List<StructField> columns = new ArrayList<>();
  private final ToDoubleFunction<String> texts;
  private final List<MessageBlock> blocks;
  private final long[] nulls;

  private SampledBatches(
      Path path,
      Configuration configuration,
      ArrowFile file,
      List<List<String>> names,
      ToDoubleFunction<String> texts) {
    this.path = path;
    this.texts = texts;
    this.configuration = configuration;
    this.blocks = List.copyOf(file.batches());
    this.nulls = new long[names.size()];
    names.forEach(name -> columns.add(column(file, name)));
  }

  /**
   * Opens a file.
   *
   * @param columns the names of columns of numbers, of arrays of numbers, of booleans (false is 0,
   *     true 1) or of texts, each alone in its list
   * @param texts what number a text stands for
   */
  public static SampledBatches open(
      String path,
      List<List<String>> columns,
      ToDoubleFunction<String> texts,
      Configuration configuration)
      throws IOException {
    Path place = new Path(path);
    try (ArrowFile file = ArrowFile.open(place, configuration)) {
      return new SampledBatches(place, configuration, file, columns, texts);
    }
  }

  private static StructField column(ArrowFile file, List<String> name) {
    Optional<Field> found =
        file.fields().stream().filter(field -> List.of(field.getName()).equals(name)).findFirst();
    return new StructField(
        name.get(0),
        found
            .flatMap(ArrowTypes::of)
            .orElseThrow(() -> new IllegalArgumentException("no column " + name)),
        true,
        Metadata.empty());
  }

  @Override
  public int rowGroups() {
    return blocks.size();
  }

  /** Next to none, whatever its size: values are read by pieces. */
  @Override
  public long bytes(int rowGroup) {
    return 0;
  }

  @Override
  public List<List<double[]>> read(int rowGroup, int rows) throws IOException {
    MessageBlock block = blocks.get(rowGroup);
    ArrowBatches.Request request =
        new ArrowBatches.Request(columns, block.offset(), block.end(), Optional.empty(), List.of());
    List<List<double[]>> read = new ArrayList<>();
    columns.forEach(column -> read.add(new ArrayList<>()));
    long values = 0;
    try (ArrowBatches batches = ArrowBatches.open(path, configuration, request, new HeapMemory())) {
      while (read.get(0).size() < rows && values < MOST_VALUES && batches.next()) {
        ColumnarBatch batch = batches.batch();
        int wanted = Math.min(rows - read.get(0).size(), batch.numRows());
        for (int row = 0; row < wanted && values < MOST_VALUES; row++) {
          for (int i = 0; i < columns.size(); i++) {
            double[] value = value(batch.column(i), columns.get(i).dataType(), row, i);
            read.get(i).add(value);
            values += value == null ? 0 : value.length;
          }
        }
      }
    }
    return read;
  }

  private double[] value(ColumnVector column, DataType type, int row, int index) {
    if (!(type instanceof ArrayType list)) {
      return new double[] {number(column, type, row, index)};
    }
    if (column.isNullAt(row)) {
      return null;
    }
    ListVector lists = (ListVector) column;
    double[] values = new double[lists.length(row)];
    int first = lists.start(row);
    Arrays.setAll(values, i -> number(lists.getChild(0), list.elementType(), first + i, index));
    return values;
  }

  private double number(ColumnVector column, DataType type, int at, int index) {
    if (column.isNullAt(at)) {
      nulls[index]++;
      return Double.NaN;
    }
    if (type instanceof FloatType) {
      return column.getFloat(at);
    }
    if (type instanceof DoubleType) {
      return column.getDouble(at);
    }
    if (type instanceof DecimalType decimal) {
      return column.getDecimal(at, decimal.precision(), decimal.scale()).toDouble();
    }
    if (type instanceof BooleanType) {
      return column.getBoolean(at) ? 1 : 0;
    }
    if (type instanceof LongType) {
      return column.getLong(at);
    }
    if (type instanceof IntegerType || type instanceof ShortType || type instanceof ByteType) {
      return column.getInt(at);
    }
    if (type instanceof StringType) {
      return texts.applyAsDouble(column.getUTF8String(at).toString());
    }
    throw new IllegalArgumentException(type.catalogString() + " is no number");
  }

  @Override
  public long nulls(int columns) {
    return Arrays.stream(nulls, 0, columns).sum();
  }

  /** Each reading has opened the file and closed it. */
  @Override
  public void close() {}
}
