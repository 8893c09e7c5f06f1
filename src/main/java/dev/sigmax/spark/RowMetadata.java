package dev.sigmax.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.execution.datasources.parquet.ParquetColumn;
import org.apache.spark.sql.execution.datasources.parquet.ParquetReadSupport;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The schema that Spark writes into a footer beside Parquet's own. Tools that copy a footer's keys
 * while they rewrite its columns leave it wrong, and Spark's reader would then read a number as
 * another. So it is believed only in what Parquet cannot say and what leaves the values as they
 * are: intervals, variants, user-defined types, collations, precisions of times, a field's
 * metadata. Everything else is as the Parquet schema says.
 */
final class RowMetadata {
  private final Map<String, StructField> fields;

  private RowMetadata(StructType written) {
    this.fields = byName(written);
  }

  /** What a footer has of it; nothing where it has none, or one that cannot be understood. */
  static RowMetadata of(FileMetaData metadata) {
    String json = metadata.getKeyValueMetaData().get(ParquetReadSupport.SPARK_METADATA_KEY());
    if (json == null) {
      return new RowMetadata(new StructType());
    }
    try {
      return new RowMetadata(
          DataType.fromJson(json) instanceof StructType struct ? struct : new StructType());
    } catch (Exception e) {
      // A type of a class that is not here, or an old form: the Parquet schema says enough.
      return new RowMetadata(new StructType());
    }
  }

  /** A top-level column as a Spark field. */
  StructField field(StructField converted, ParquetColumn column) {
    return merged(fields.get(converted.name()), converted, column);
  }

  private static StructField merged(
      StructField written, StructField converted, ParquetColumn column) {
    if (written == null) {
      return converted;
    }
    DataType type = merged(written.dataType(), column);
    // What is said of a text of at most five characters says nothing of a number.
    Metadata metadata = same(type, written.dataType()) ? written.metadata() : converted.metadata();
    return new StructField(converted.name(), type, converted.nullable(), metadata);
  }

  private static DataType merged(DataType written, ParquetColumn column) {
    DataType parquet = column.sparkType();
    if (written instanceof UserDefinedType<?> user) {
      return same(merged(user.sqlType(), column), user.sqlType()) ? user : parquet;
    }
    if (written instanceof VariantType) {
      return isVariant(column) ? written : parquet;
    }
    if (written instanceof StructType from && parquet instanceof StructType to) {
      return merged(from, to, column);
    }
    if (written instanceof ArrayType from && parquet instanceof ArrayType to) {
      return new ArrayType(merged(from.elementType(), child(column, 0)), to.containsNull());
    }
    if (written instanceof MapType from && parquet instanceof MapType to) {
      return new MapType(
          merged(from.keyType(), child(column, 0)),
          merged(from.valueType(), child(column, 1)),
          to.valueContainsNull());
    }
    return addsOnly(written, column) ? written : parquet;
  }

  private static StructType merged(StructType from, StructType to, ParquetColumn column) {
    Map<String, StructField> written = byName(from);
    StructType merged = new StructType();
    for (int i = 0; i < to.length(); i++) {
      StructField field = to.apply(i);
      merged = merged.add(merged(written.get(field.name()), field, child(column, i)));
    }
    return merged;
  }

  /** Whether a type says more of a column's values than Parquet does, and nothing else. */
  private static boolean addsOnly(DataType written, ParquetColumn column) {
    DataType parquet = column.sparkType();
    if (written instanceof YearMonthIntervalType) {
      return parquet instanceof IntegerType && isPlain(column);
    }
    if (written instanceof DayTimeIntervalType) {
      return parquet instanceof LongType && isPlain(column);
    }
    return (written instanceof StringType && parquet instanceof StringType)
        || (isTime(written) && isTime(parquet));
  }

  private static boolean isPlain(ParquetColumn column) {
    if (column.descriptor().isEmpty()) {
      return false;
    }
    PrimitiveType type = column.descriptor().get().getPrimitiveType();
    return type.getLogicalTypeAnnotation() == null;
  }

  /** By name, as Spark 4.0 has no class for it. */
  private static boolean isTime(DataType type) {
    return type.typeName().startsWith("time(");
  }

  private static boolean isVariant(ParquetColumn column) {
    if (column.sparkType() instanceof VariantType) {
      return true;
    }
    return column.sparkType() instanceof StructType struct
        && isBinary(struct, "metadata")
        && isBinary(struct, "value")
        && List.of("metadata", "value", "typed_value").containsAll(List.of(struct.fieldNames()));
  }

  private static boolean isBinary(StructType struct, String name) {
    return struct.getFieldIndex(name).isDefined()
        && struct.apply(name).dataType() instanceof BinaryType;
  }

  private static ParquetColumn child(ParquetColumn column, int index) {
    return CollectionConverters.asJava(column.children()).get(index);
  }

  private static boolean same(DataType one, DataType other) {
    return one.asNullable().equals(other.asNullable());
  }

  private static Map<String, StructField> byName(StructType struct) {
    Map<String, StructField> fields = new HashMap<>();
    for (StructField field : struct.fields()) {
      fields.putIfAbsent(field.name(), field);
    }
    return fields;
  }
}
