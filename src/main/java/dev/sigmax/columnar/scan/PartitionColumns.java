package dev.sigmax.columnar.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.vectorized.ColumnVectorUtils;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** The columns of a batch that a file's folders give it: one value throughout. */
final class PartitionColumns {
  private PartitionColumns() {}

  static List<ColumnVector> of(PartitionedFile part, StructType partition, int rows) {
    List<ColumnVector> constants = new ArrayList<>();
    StructField[] fields = partition.fields();
    for (int i = 0; i < fields.length; i++) {
      ConstantColumnVector vector = new ConstantColumnVector(rows, fields[i].dataType());
      ColumnVectorUtils.populate(vector, part.partitionValues(), i);
      constants.add(vector);
    }
    return constants;
  }
}
