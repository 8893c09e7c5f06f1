package dev.sigmax.ml;

import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** The form that scores come in, and go out in: a vector of Spark ML, an array, or a number. */
enum ScoreForm {
  VECTOR,
  FLOATS,
  DOUBLES,
  NUMBER;

  /**
   * The form of a column.
   *
   * @throws IllegalArgumentException for a type that holds no scores
   */
  static ScoreForm of(String column, DataType type) {
    if (type.equals(SQLDataTypes.VectorType())) {
      return VECTOR;
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
      return array.elementType().equals(DataTypes.FloatType) ? FLOATS : DOUBLES;
    }
    if (type instanceof NumericType) {
      return NUMBER;
    }
    throw new IllegalArgumentException(
        "the column "
            + column
            + " has the type "
            + type.catalogString()
            + "; raw predictions are a vector, an array of numbers or a number");
  }

  /** The type of probabilities in this form; those of a number are a vector. */
  DataType probabilities() {
    return switch (this) {
      case VECTOR, NUMBER -> SQLDataTypes.VectorType();
      case FLOATS -> DataTypes.createArrayType(DataTypes.FloatType);
      case DOUBLES -> DataTypes.createArrayType(DataTypes.DoubleType);
    };
  }

  /** The column as an array of its elements. */
  Column elements(Column column) {
    return this == VECTOR ? functions.vector_to_array(column, "float64") : column;
  }

  /** An array of elements as a column of {@link #probabilities}. */
  Column finished(Column elements) {
    return switch (this) {
      case VECTOR, NUMBER -> functions.array_to_vector(elements);
      case FLOATS, DOUBLES -> elements.cast(probabilities());
    };
  }
}
