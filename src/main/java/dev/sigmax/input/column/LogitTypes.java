package dev.sigmax.input.column;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;

/** The types that logits may have. */
public final class LogitTypes {
  private LogitTypes() {}

  /** Whether a value of this type can be a logit. */
  static boolean isNumber(DataType type) {
    return !(type instanceof ArrayType)
        && (isFloating(type) || type instanceof DecimalType || type instanceof IntegralType);
  }

  /** Whether the type, or its elements', is float or double. */
  public static boolean isFloating(DataType type) {
    return element(type).equals(DataTypes.FloatType) || element(type).equals(DataTypes.DoubleType);
  }

  /** The type of a scalar, or of an array's elements. */
  public static DataType element(DataType type) {
    return type instanceof ArrayType array ? array.elementType() : type;
  }

  /** The same form, in double. */
  public static DataType inDouble(DataType type) {
    return type instanceof ArrayType array
        ? DataTypes.createArrayType(DataTypes.DoubleType, array.containsNull())
        : DataTypes.DoubleType;
  }

  /** The type of a column, or null where there is none of that name. */
  public static DataType typeOf(StructType schema, String name) {
    scala.Option<Object> index = schema.getFieldIndex(name);
    return index.isEmpty() ? null : schema.fields()[(Integer) index.get()].dataType();
  }
}
