package dev.sigmax.function.score;

import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.spark.SparkValues;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What scoring gives for a row, as a Spark struct: probabilities, row_sum, row_issue, and what is
 * added, null where nothing is.
 */
public final class ScoredRow {
  private static final Map<RowIssue, UTF8String> CODES = new EnumMap<>(RowIssue.class);

  static {
    for (RowIssue issue : RowIssue.values()) {
      CODES.put(issue, UTF8String.fromString(issue.code()));
    }
  }

  private static final StructType NAMES = type(DataTypes.FloatType, Fields.WITH_ADDITIONS);

  private ScoredRow() {}

  /** Which fields a score is declared to have; a row always has room for all. */
  enum Fields {
    /** probabilities, row_sum and row_issue. */
    PLAIN,
    /** Those, and what a rule may add. */
    WITH_ADDITIONS
  }

  static StructType type(DataType probability, Fields fields) {
    StructType plain =
        new StructType()
            .add(ScoreNames.PROBABILITIES, DataTypes.createArrayType(probability, false))
            .add(ScoreNames.ROW_SUM, DataTypes.DoubleType)
            .add(ScoreNames.ROW_ISSUE, DataTypes.StringType);
    return switch (fields) {
      case PLAIN -> plain;
      case WITH_ADDITIONS -> withAdditions(plain, probability);
    };
  }

  private static StructType withAdditions(StructType plain, DataType probability) {
    DataType label = DataTypes.StringType;
    StructType topClass =
        new StructType()
            .add(ScoreNames.LABEL, label, false)
            .add(ScoreNames.PROBABILITY, probability, false);
    return plain
        .add(Addition.PREDICTION.columnName(), label)
        .add(ScoreNames.PREDICTIONS, DataTypes.createArrayType(label, false))
        .add(Addition.CONFIDENCE.columnName(), probability)
        .add(ScoreNames.CONFIDENCES, DataTypes.createArrayType(probability, false))
        .add(Addition.TOP_K.columnName(), DataTypes.createArrayType(topClass, false))
        .add(Addition.MARGIN.columnName(), DataTypes.DoubleType)
        .add(Addition.ENTROPY.columnName(), DataTypes.DoubleType);
  }

  /** Where a column's value stands. */
  static int ordinal(Addition column, Task task) {
    return NAMES.fieldIndex(ScoreNames.fieldOf(column, task));
  }

  static InternalRow good(ArrayData probabilities, double rowSum) {
    InternalRow row = SparkValues.row(new Object[NAMES.length()]);
    row.update(0, probabilities);
    row.update(1, rowSum);
    return row;
  }

  static InternalRow bad(RowIssue issue) {
    InternalRow row = SparkValues.row(new Object[NAMES.length()]);
    row.update(2, CODES.get(issue));
    return row;
  }
}
