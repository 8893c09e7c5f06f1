package dev.sigmax.function;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A call of each bound function, over a table that has a column of each type they take. */
final class EachCall {
  private static final List<String> BY_EXTENSION =
      List.of(
          "sigmoid(f)",
          "sigmoid(d)",
          "sigmoid(fs)",
          "sigmoid(ds)",
          "log_sigmoid(f)",
          "log_sigmoid(d)",
          "log_sigmoid(fs)",
          "log_sigmoid(ds)",
          "softmax(fs)",
          "softmax(ds)",
          "softmax(ds, d * d + 1)",
          "log_softmax(fs)",
          "log_softmax(ds)",
          "logsumexp(fs)",
          "logsumexp(ds)",
          "argmax(fs)",
          "argmax(ds)",
          "cross_entropy(fs, c)",
          "cross_entropy(ds, c)",
          "binary_cross_entropy(f, c)",
          "binary_cross_entropy(d, 0.5)",
          "top_k(fs, 2)",
          "top_k(ds, 2)");

  private EachCall() {}

  /** By the extension's name and by the catalog's. */
  static Stream<String> all() {
    return BY_EXTENSION.stream().flatMap(call -> Stream.of(call, "sigmax." + call));
  }

  /**
   * Four rows, two of them alike in all but their id, as Parquet and as the view {@code logits}; no
   * two of the three kinds have the same result in any call.
   */
  static Dataset<Row> table(SparkSession session, Path folder) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("f", DataTypes.FloatType)
            .add("d", DataTypes.DoubleType)
            .add("fs", DataTypes.createArrayType(DataTypes.FloatType))
            .add("ds", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("c", DataTypes.IntegerType)
            .add("v", SQLDataTypes.VectorType());
    String path = folder.resolve("logits").toString();
    session
        .createDataFrame(List.of(row(1, 0.5), row(2, -3), row(3, 0.5), row(4, 4)), schema)
        .coalesce(1)
        .write()
        .parquet(path);
    Dataset<Row> rows = session.read().parquet(path);
    rows.createOrReplaceTempView("logits");
    return rows;
  }

  private static Row row(int id, double logit) {
    return RowFactory.create(
        id,
        (float) logit,
        logit,
        List.of((float) logit, 1F, (float) -logit),
        List.of(logit, 1.0, -logit),
        logit > 0 ? 1 : 0,
        Vectors.dense(logit, 1, -logit));
  }
}
