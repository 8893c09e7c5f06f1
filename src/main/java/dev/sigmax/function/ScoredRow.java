package dev.sigmax.function;

import dev.sigmax.kernel.RowIssue;
import dev.sigmax.kernel.ScoreNames;
import dev.sigmax.spark.SparkValues;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** What scoring gives for a row, as a Spark struct: probabilities, row_sum, row_issue. */
public final class ScoredRow {
  private static final Map<RowIssue, UTF8String> CODES = new EnumMap<>(RowIssue.class);

  static {
    for (RowIssue issue : RowIssue.values()) {
      CODES.put(issue, UTF8String.fromString(issue.code()));
    }
  }

  private ScoredRow() {}

  static StructType type(DataType probability) {
    return new StructType()
        .add(ScoreNames.PROBABILITIES, DataTypes.createArrayType(probability, false))
        .add(ScoreNames.ROW_SUM, DataTypes.DoubleType)
        .add(ScoreNames.ROW_ISSUE, DataTypes.StringType);
  }

  static InternalRow good(ArrayData probabilities, double rowSum) {
    return SparkValues.row(probabilities, rowSum, null);
  }

  static InternalRow bad(RowIssue issue) {
    return SparkValues.row(null, null, CODES.get(issue));
  }
}
