package dev.sigmax.connect;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a client of Spark Connect does, without Sigmax or Spark's engine on its class path: the
 * functions by each way that there is to call them. Prints a line for each with all its values.
 */
public final class ConnectClient {
  private ConnectClient() {}

  /** The address of a server, and a Parquet file that it sees. */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().remote(arguments[0]).getOrCreate();
    Dataset<Row> digits = spark.read().parquet(arguments[1]);
    digits.createOrReplaceTempView("digits");
    print("expr", digits.select(col("image_id"), expr("softmax(logits)")));
    print("call_function", digits.select(col("image_id"), call_function("softmax", col("logits"))));
    spark.conf().set("spark.sql.catalog.sigmax", "dev.sigmax.function.SigmaxCatalog");
    print(
        "catalog", digits.select(col("image_id"), call_function("sigmax.softmax", col("logits"))));
    print("sql", spark.sql("SELECT image_id, softmax(logits) FROM digits"));
    print("named", spark.sql("SELECT image_id, softmax(logits, temperature => 1.0) FROM digits"));
    spark.stop();
  }

  private static void print(String way, Dataset<Row> scored) {
    StringBuilder line = new StringBuilder(way);
    for (Row row : scored.orderBy("image_id").collectAsList()) {
      line.append('\t').append(row.get(0));
      List<Float> probabilities = row.getList(1);
      for (float probability : probabilities) {
        line.append(' ').append(Integer.toHexString(Float.floatToRawIntBits(probability)));
      }
    }
    System.out.println(line);
  }
}
