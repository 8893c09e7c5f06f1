package dev.sigmax.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;

/**
 * The argument types a function was called with: logits, and what stands beside them.
 *
 * @param logits the form the logits come in
 */
record Signature(Usage usage, Logits logits, StructType input) {
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

  /** Throws Spark's AnalysisException where the function never takes such arguments. */
  static Signature of(Usage usage, StructType input) {
    int arguments = input.fields().length;
    if (arguments < usage.required() || arguments > usage.parameters().size()) {
      throw CallErrors.wrongCount(usage, arguments);
    }
    Logits logits =
        logitsOf(input.fields()[0].dataType())
            .orElseThrow(() -> CallErrors.wrongType(usage, 0, input));
    for (int i = 1; i < arguments; i++) {
      if (!usage.parameters().get(i).accepts(input.fields()[i].dataType())) {
        throw CallErrors.wrongType(usage, i, input);
      }
    }
    return new Signature(usage, logits, input);
  }

  /** The argument types to cast to, with the logits in the given type. */
  List<DataType> types(DataType logitsType) {
    List<DataType> types = new ArrayList<>(List.of(logitsType));
    for (int i = 1; i < input.fields().length; i++) {
      types.add(usage.parameters().get(i).type());
    }
    return types;
  }

  /**
   * The function of arrays alone that takes what it was called with.
   *
   * @param floats makes that of arrays of float from its argument types
   * @param doubles makes that of arrays of double
   */
  BoundFunction bindArray(
      Function<List<DataType>, BoundFunction> floats,
      Function<List<DataType>, BoundFunction> doubles) {
    return switch (logits) {
      case FLOAT_ARRAY -> floats.apply(types(FLOATS));
      case DOUBLE_ARRAY -> doubles.apply(types(DOUBLES));
      case FLOAT, DOUBLE, VECTOR -> throw unsupported();
    };
  }

  /** That the function does not take logits in this form. */
  RuntimeException unsupported() {
    return CallErrors.wrongType(usage, 0, input);
  }

  private static Optional<Logits> logitsOf(DataType type) {
    if (type.equals(DataTypes.FloatType)) {
      return Optional.of(Logits.FLOAT);
    }
    if (isNumber(type)) {
      return Optional.of(Logits.DOUBLE);
    }
    if (MlVectors.isVector(type)) {
      return Optional.of(Logits.VECTOR);
    }
    if (type instanceof ArrayType array) {
      if (array.elementType().equals(DataTypes.FloatType)) {
        return Optional.of(Logits.FLOAT_ARRAY);
      }
      if (isNumber(array.elementType())) {
        return Optional.of(Logits.DOUBLE_ARRAY);
      }
    }
    return Optional.empty();
  }

  /** Whether a logit may have this type, which is not float: it is taken as double. */
  static boolean isNumber(DataType type) {
    return type.equals(DataTypes.DoubleType)
        || type.equals(DataTypes.NullType)
        || type instanceof DecimalType
        || type instanceof IntegralType;
  }
}
