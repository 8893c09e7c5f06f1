package dev.sigmax.ml;

import static org.apache.spark.ml.functions.vector_to_array;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import scala.collection.Seq;

/** The form that scores come in, and go out in: a vector of Spark ML, an array, or a number. */
enum ScoreForm {
  VECTOR,
  FLOATS,
  DOUBLES,
  NUMBER;

  /** Spark's own fails the query for null, and a condition around it would score a row twice. */
  private static final UserDefinedFunction VECTOR_OF =
      functions
          .udf((UDF1<Seq<Double>, Vector>) ScoreForm::vector, SQLDataTypes.VectorType())
          .withName("array_to_vector");

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

  /**
   * A column of a type that {@link #of} takes, with whole numbers as doubles: the least whole
   * number of a type has no negative in it, and a margin has both tails.
   */
  static Column floating(Column column, DataType type) {
    if (type instanceof ArrayType array && array.elementType() instanceof IntegralType) {
      return column.cast(DataTypes.createArrayType(DataTypes.DoubleType));
    }
    return type instanceof IntegralType ? column.cast(DataTypes.DoubleType) : column;
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
    // Of null Spark's function fails the query.
    return this == VECTOR
        ? functions.when(column.isNotNull(), vector_to_array(column, "float64"))
        : column;
  }

  /** An array of elements as a column of {@link #probabilities}. */
  Column finished(Column elements) {
    return switch (this) {
      case VECTOR, NUMBER -> VECTOR_OF.apply(elements.cast("array<double>"));
      case FLOATS, DOUBLES -> elements.cast(probabilities());
    };
  }

  private static Vector vector(Seq<Double> elements) {
    if (elements == null) {
      return null;
    }
    double[] values = new double[elements.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = elements.apply(i);
    }
    return Vectors.dense(values);
  }
}
