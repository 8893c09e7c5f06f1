package dev.sigmax.input;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table of an input that has no files: its columns are what the job itself says of them, and an
 * array of double where it says nothing.
 */
public final class EmptyTable {
  private static final String UNKNOWN = "logits";

  private EmptyTable() {}

  /**
   * A table without rows.
   *
   * @param labels the class names, which with a glob name the columns; or null
   * @param asFloat whether the logits count as float
   */
  public static InputTable of(
      Snapshot snapshot, ColumnChoice logits, List<String> labels, boolean asFloat) {
    DataType number = asFloat ? DataTypes.FloatType : DataTypes.DoubleType;
    LogitColumns columns = columns(logits, labels);
    ArrayType array = DataTypes.createArrayType(number);
    StructType schema = new StructType();
    for (String name : columns.columns()) {
      schema = schema.add(name, columns.array() ? array : number);
    }
    return new InputTable(
        snapshot, List.of(), schema, columns, asFloat, List.of(), List.of(), Map.of(), null);
  }

  private static LogitColumns columns(ColumnChoice choice, List<String> labels) {
    List<String> names =
        choice instanceof ColumnChoice.Names exact
            ? exact.names()
            : fromText((ColumnChoice.Text) choice, labels);
    if (names.size() > 1) {
      return new LogitColumns(names, false, labels == null ? names : labels);
    }
    return new LogitColumns(names.isEmpty() ? List.of(UNKNOWN) : names, true, List.of());
  }

  private static List<String> fromText(ColumnChoice.Text text, List<String> labels) {
    if (!LogitGlob.is(text.text())) {
      return text.items();
    }
    if (labels == null) {
      return List.of();
    }
    return labels.stream().map(LogitGlob.of(text.text())::column).toList();
  }
}
