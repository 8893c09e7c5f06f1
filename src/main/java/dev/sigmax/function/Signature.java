package dev.sigmax.function;

import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;

/**
 * The argument types a function was called with: logits, and perhaps a temperature.
 *
 * @param logits the form the logits come in
 */
record Signature(String function, Logits logits, boolean hasTemperature, StructType input) {
  static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);
  static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);

  /** The forms that logits come in. Whole and decimal numbers, and null, are taken as double. */
  enum Logits {
    FLOAT,
    DOUBLE,
    FLOAT_ARRAY,
    DOUBLE_ARRAY,
    VECTOR
  }

  static Signature of(String function, StructType input) {
    int arguments = input.fields().length;
    if (arguments < 1 || arguments > 2) {
      throw new UnsupportedOperationException(
          function + " takes logits and perhaps a temperature, not " + arguments + " arguments");
    }
    Logits logits = logitsOf(input.fields()[0].dataType());
    if (logits == null) {
      throw new UnsupportedOperationException(
          function + " takes no " + input.fields()[0].dataType().catalogString());
    }
    return new Signature(function, logits, arguments == 2, input);
  }

  /** The argument types to cast to, with the logits in the given type. */
  List<DataType> types(DataType logitsType) {
    return hasTemperature ? List.of(logitsType, DataTypes.DoubleType) : List.of(logitsType);
  }

  UnsupportedOperationException unsupported(String instead) {
    return new UnsupportedOperationException(
        function + " takes " + instead + ", not " + input.fields()[0].dataType().catalogString());
  }

  /** The temperature itself, or an {@link IllegalArgumentException} if it is none. */
  static double checkedTemperature(double temperature) {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "the temperature is " + temperature + ", not a positive finite number");
    }
    return temperature;
  }

  private static Logits logitsOf(DataType type) {
    if (type.equals(DataTypes.FloatType)) {
      return Logits.FLOAT;
    }
    if (isNumber(type)) {
      return Logits.DOUBLE;
    }
    if (MlVectors.isVector(type)) {
      return Logits.VECTOR;
    }
    if (type instanceof ArrayType array) {
      if (array.elementType().equals(DataTypes.FloatType)) {
        return Logits.FLOAT_ARRAY;
      }
      if (isNumber(array.elementType())) {
        return Logits.DOUBLE_ARRAY;
      }
    }
    return null;
  }

  private static boolean isNumber(DataType type) {
    return type.equals(DataTypes.DoubleType)
        || type.equals(DataTypes.NullType)
        || type instanceof DecimalType
        || type instanceof IntegralType;
  }
}
