package dev.sigmax.table.iceberg;

import dev.sigmax.error.InputException;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.table.TableFiles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * What files of earlier schemas may differ in from a snapshot's: columns may be called otherwise,
 * stand in another order, be narrower numbers, or not be there yet. What Iceberg itself would fill
 * in, and what differs inside of columns, is refused.
 *
 * @param partitions the ids of columns that are partitions as they are, in some file's spec
 */
record StoredColumns(
    TableFiles files, Schema schema, StructType columns, FieldIds ids, Set<Integer> partitions) {
  /** Refuses a file whose columns cannot be read as the snapshot's. */
  void require(Footer footer) {
    Map<String, Integer> stored = footer.fieldIds().byPath();
    if (new HashSet<>(stored.values()).size() < stored.size()) {
      throw files.refused(footer.path(), "has a field id twice");
    }
    Map<Integer, String> names = new HashMap<>();
    stored.forEach((path, id) -> names.put(id, path));
    for (Types.NestedField column : schema.columns()) {
      String name = names.get(column.fieldId());
      if (name == null) {
        requireNull(footer, column);
      } else if (footer.schema().getFieldIndex(name).isDefined()) {
        requireWidened(footer, column, footer.schema().apply(name).dataType());
        if (!footer.fieldIds().inside(name).equals(ids.inside(column.name()))) {
          throw differs(footer, column, "with other fields in it");
        }
      }
    }
  }

  /** Iceberg has values for some columns that a file lacks. */
  private void requireNull(Footer footer, Types.NestedField column) {
    String lacks = "was written when the table had no column " + column.name();
    if (column.initialDefault() != null) {
      throw files.refused(
          footer.path(), lacks + ", whose default is to stand for it, and Sigmax fills in none");
    }
    if (partitions.contains(column.fieldId())) {
      throw files.refused(
          footer.path(),
          "has no column " + column.name() + ": its value is kept beside the file, as a partition");
    }
    if (column.isRequired()) {
      throw files.refused(footer.path(), lacks + ", which is NOT NULL now");
    }
  }

  private void requireWidened(Footer footer, Types.NestedField column, DataType stored) {
    DataType asked = columns.apply(column.name()).dataType();
    if (!isWidened(stored.asNullable(), asked.asNullable())) {
      throw differs(footer, column, "as " + stored.sql() + ", and the table as " + asked.sql());
    }
  }

  private static boolean isWidened(DataType stored, DataType asked) {
    if (stored instanceof ArrayType here && asked instanceof ArrayType there) {
      return isWidened(here.elementType(), there.elementType());
    }
    if (stored instanceof DecimalType here && asked instanceof DecimalType there) {
      return here.scale() == there.scale() && here.precision() <= there.precision();
    }
    return stored.catalogString().equals(asked.catalogString())
        || (stored.equals(DataTypes.IntegerType) && asked.equals(DataTypes.LongType))
        || (stored.equals(DataTypes.FloatType) && asked.equals(DataTypes.DoubleType));
  }

  private InputException differs(Footer footer, Types.NestedField column, String how) {
    return files.refused(footer.path(), "has the column " + column.name() + " " + how);
  }
}
