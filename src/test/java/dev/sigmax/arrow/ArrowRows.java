package dev.sigmax.arrow;

import dev.sigmax.parquet.read.CountedMemory;
import dev.sigmax.parquet.vector.ListVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;

/** All rows of all columns of a file that Sigmax reads, and what memory reading them took. */
record ArrowRows(List<List<Object>> rows, CountedMemory memory) {
  private static final Configuration CONFIGURATION = new Configuration();

  /**
   * Reads a file.
   *
   * @throws DamagedFile if it is one
   */
  static ArrowRows read(Path path) throws IOException {
    return read(path, new CountedMemory());
  }

  /** The same with memory that tells also of what was refused. */
  static ArrowRows read(Path path, CountedMemory memory) throws IOException {
    return read(path, memory, 0, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** The rows of a part, of record batches that are cut unless they may hold more bytes. */
  static List<List<Object>> part(Path path, long start, long end, long mostHeld)
      throws IOException {
    return read(path, new CountedMemory(), start, end, mostHeld).rows();
  }

  private static ArrowRows read(
      Path path, CountedMemory memory, long start, long end, long mostHeld) throws IOException {
    ArrowFile file = ArrowFile.open(new org.apache.hadoop.fs.Path(path.toString()), CONFIGURATION);
    List<StructField> columns = new ArrayList<>();
    for (int i = 0; i < file.fields().size(); i++) {
      Optional<DataType> type = file.type(i);
      String name = file.fields().get(i).getName();
      type.ifPresent(of -> columns.add(new StructField(name, of, true, Metadata.empty())));
    }
    List<List<Object>> rows = new ArrayList<>();
    ArrowBatches.Request request =
        new ArrowBatches.Request(columns, start, end, Optional.empty(), List.of());
    try (ArrowBatches batches =
        new ArrowBatches(file, path.toString(), request, memory, mostHeld)) {
      while (!columns.isEmpty() && batches.next()) {
        for (int row = 0; row < batches.batch().numRows(); row++) {
          List<Object> values = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            values.add(value(batches.batch().column(i), columns.get(i).dataType(), row));
          }
          rows.add(values);
        }
      }
    }
    return new ArrowRows(rows, memory);
  }

  private static Object value(ColumnVector column, DataType type, int row) {
    if (column.isNullAt(row)) {
      return null;
    }
    if (type instanceof ArrayType of) {
      ListVector lists = (ListVector) column;
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < lists.length(row); i++) {
        values.add(value(lists.getChild(0), of.elementType(), lists.start(row) + i));
      }
      return values;
    }
    if (type instanceof FloatType) {
      return column.getFloat(row);
    }
    if (type instanceof IntegerType) {
      return column.getInt(row);
    }
    if (type instanceof BooleanType) {
      return column.getBoolean(row);
    }
    if (type instanceof BinaryType) {
      return Arrays.toString(column.getBinary(row));
    }
    return type instanceof StringType ? column.getUTF8String(row).toString() : type.catalogString();
  }
}
