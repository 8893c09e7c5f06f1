package dev.sigmax.input;

import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.input.column.LogitColumns;
import dev.sigmax.input.column.LogitGlob;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.FileSections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * @param labels the class names, which with a glob name the columns; or empty
   * @param asFloat whether the logits count as float
   */
  public static InputTable of(
      Snapshot snapshot, ColumnChoice logits, Optional<List<String>> labels, boolean asFloat) {
    DataType number = asFloat ? DataTypes.FloatType : DataTypes.DoubleType;
    LogitColumns columns = columns(logits, labels);
    ArrayType array = DataTypes.createArrayType(number);
    StructType schema = new StructType();
    for (String name : columns.columns()) {
      schema = schema.add(name, columns.array() ? array : number);
    }
    return new InputTable(
        snapshot,
        Footer.Format.PARQUET,
        List.of(),
        schema,
        columns,
        asFloat,
        List.of(),
        List.of(),
        Map.of(),
        Readers.ALL,
        ColumnLookup.BY_NAME,
        FileSections.NONE);
  }

  private static LogitColumns columns(ColumnChoice choice, Optional<List<String>> labels) {
    List<String> names =
        choice instanceof ColumnChoice.Names exact
            ? exact.names()
            : fromText((ColumnChoice.Text) choice, labels);
    if (names.size() > 1) {
      return new LogitColumns(names, false, labels.orElse(names));
    }
    return new LogitColumns(names.isEmpty() ? List.of(UNKNOWN) : names, true, List.of());
  }

  private static List<String> fromText(ColumnChoice.Text text, Optional<List<String>> labels) {
    if (!text.isGlob()) {
      return text.items();
    }
    return labels.orElse(List.of()).stream().map(LogitGlob.of(text.text())::column).toList();
  }
}
