package dev.sigmax.columnar.score;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Where the logits of a row stand in a batch.
 *
 * @param array whether one column holds them all as an array
 * @param ordinals the columns, in logit order; a single one where there is an array
 * @param types of each column's values, or of the array's elements
 * @param isFloat whether the logits are taken as float; else as double
 */
public record LogitSource(
    boolean array, List<Integer> ordinals, List<DataType> types, boolean isFloat)
    implements Serializable {

  /** Whether the logits lie in the batch as they are taken: floats as float. */
  boolean floatsAsTheyAre() {
    return isFloat && types.stream().allMatch(DataTypes.FloatType::equals);
  }

  /** Whether the logits are floats or doubles, of one type throughout. */
  boolean binaryFloatingPoint() {
    return types.stream().allMatch(DataTypes.FloatType::equals)
        || types.stream().allMatch(DataTypes.DoubleType::equals);
  }
}
