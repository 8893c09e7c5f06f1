package dev.sigmax.function;

import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;

/**
 * The argument types a function was called with: logits, and perhaps a temperature or a label.
 *
 * @param logits the form the logits come in
 * @param others the types to cast the arguments after the logits to
 */
record Signature(String function, Logits logits, List<DataType> others, StructType input) {
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

  /** Of a function that takes logits and perhaps a temperature. */
  static Signature of(String function, StructType input) {
    int arguments = input.fields().length;
    if (arguments < 1 || arguments > 2) {
      throw new UnsupportedOperationException(
          function + " takes logits and perhaps a temperature, not " + arguments + " arguments");
    }
    return of(function, input, arguments == 2 ? List.of(DataTypes.DoubleType) : List.of());
  }

  /** Of a function that takes logits only. */
  static Signature ofLogits(String function, StructType input) {
    int arguments = input.fields().length;
    if (arguments != 1) {
      throw new UnsupportedOperationException(
          function + " takes logits only, not " + arguments + " arguments");
    }
    return of(function, input, List.of());
  }

  /** Of a loss: logits and a label, a number that {@code labelType} holds without a loss. */
  static Signature ofLogitsAndLabel(String function, StructType input, DataType labelType) {
    int arguments = input.fields().length;
    if (arguments != 2) {
      throw new UnsupportedOperationException(
          function + " takes logits and a label, not " + arguments + " arguments");
    }
    DataType given = input.fields()[1].dataType();
    boolean whole = given instanceof IntegralType || given.equals(DataTypes.NullType);
    if (!whole && (labelType instanceof IntegralType || !isReal(given))) {
      throw new UnsupportedOperationException(
          function
              + " takes a label of type "
              + labelType.catalogString()
              + ", not "
              + given.catalogString());
    }
    return of(function, input, List.of(labelType));
  }

  private static Signature of(String function, StructType input, List<DataType> others) {
    Logits logits = logitsOf(input.fields()[0].dataType());
    if (logits == null) {
      throw new UnsupportedOperationException(
          function + " takes no " + input.fields()[0].dataType().catalogString());
    }
    return new Signature(function, logits, others, input);
  }

  /** The argument types to cast to, with the logits in the given type. */
  List<DataType> types(DataType logitsType) {
    return others.isEmpty() ? List.of(logitsType) : List.of(logitsType, others.get(0));
  }

  UnsupportedOperationException unsupported(String instead) {
    return new UnsupportedOperationException(
        function + " takes " + instead + ", not " + input.fields()[0].dataType().catalogString());
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

  private static boolean isReal(DataType type) {
    return type.equals(DataTypes.FloatType) || isNumber(type);
  }

  private static boolean isNumber(DataType type) {
    return type.equals(DataTypes.DoubleType)
        || type.equals(DataTypes.NullType)
        || type instanceof DecimalType
        || type instanceof IntegralType;
  }
}
