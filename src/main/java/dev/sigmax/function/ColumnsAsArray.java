package dev.sigmax.function;

import java.util.Arrays;
import java.util.Collections;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Logits in a column each, where a function takes an array of them. */
public final class ColumnsAsArray {
  private ColumnsAsArray() {}

  /**
   * The type that an array of all of them has: float if each is one, else double.
   *
   * <p>Throws Spark's AnalysisException for a column that is no number.
   */
  public static DataType elementType(SigmaxFunction function, StructType columns) {
    Usage usage = usage(function.usage(), columns.length());
    for (int i = 0; i < columns.length(); i++) {
      DataType type = columns.fields()[i].dataType();
      if (!type.equals(DataTypes.FloatType) && !Signature.isNumber(type)) {
        throw CallErrors.wrongType(usage, i, columns);
      }
    }
    return Arrays.stream(columns.fields())
            .allMatch(column -> column.dataType().equals(DataTypes.FloatType))
        ? DataTypes.FloatType
        : DataTypes.DoubleType;
  }

  private static Usage usage(Usage arrays, int columns) {
    Parameter logit = Parameter.logits("logit", Usage.NUMBER, "the logit of one class");
    return new Usage(
        arrays.name(),
        Collections.nCopies(columns, logit),
        arrays.does(),
        arrays.edges(),
        arrays.example(),
        arrays.result());
  }
}
