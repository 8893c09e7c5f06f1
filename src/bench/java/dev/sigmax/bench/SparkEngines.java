package dev.sigmax.bench;

import static org.apache.spark.sql.functions.call_udf;
import static org.apache.spark.sql.functions.col;

import dev.sigmax.cli.Sigmax;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** What runs inside one Spark session: our job, our functions, and what people write today. */
final class SparkEngines {
  private SparkEngines() {}

  /** The job: snapshot, score, check, verify, publish. */
  record Job() implements Engine {
    @Override
    public String name() {
      return "Sigmax job";
    }

    @Override
    public void run(Shape shape, Path input, Path output) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
      int code =
          Sigmax.run(
              new String[] {
                "score",
                "--input",
                input.toString(),
                "--output",
                output.toString(),
                "--task",
                shape.softmax() ? "multiclass" : "multilabel",
                "--logits",
                shape.array() ? "logits" : "logit_*"
              },
              print,
              print);
      if (code != 0) {
        throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
      }
    }
  }

  /** Our functions in a select that is written: the work that the peers do, no more. */
  record Functions(SparkSession spark) implements Engine {
    @Override
    public String name() {
      return "Sigmax functions";
    }

    @Override
    public void run(Shape shape, Path input, Path output) {
      Dataset<Row> table = spark.read().parquet(input.toString());
      Dataset<Row> scores;
      if (shape.array()) {
        scores = table.selectExpr("id", "softmax(logits) AS probabilities");
      } else if (shape.softmax()) {
        scores =
            table
                .selectExpr(
                    "id",
                    "softmax(array(" + DuckDb.list(shape.classes(), "logit_%d", ", ") + ")) AS p")
                .selectExpr(expressions(shape, "p[%1$d] AS prob_%1$d"));
      } else {
        scores = table.selectExpr(expressions(shape, "sigmoid(logit_%1$d) AS prob_%1$d"));
      }
      scores.write().option("compression", "snappy").parquet(output.toString());
    }
  }

  /**
   * Spark SQL's own expressions. As one writes them, {@code transform(e, x -> x / aggregate(e,
   * …))}, Spark adds the row up again for each element; with the sum bound by a lambda of its own,
   * once.
   *
   * @param bound whether the sum is bound
   */
  record Expressions(SparkSession spark, boolean bound) implements Engine {
    @Override
    public String name() {
      return bound ? "Spark SQL" : "Spark SQL, plain";
    }

    @Override
    public boolean serves(Shape shape) {
      return bound || (shape.array() && shape.classes() <= 100 && shape.type().equals("FLOAT"));
    }

    private String divided(String type) {
      String element = "CAST(x / %s AS " + type + ")";
      String sum = "aggregate(%s, 0D, (a, x) -> a + x)";
      return bound
          ? "transform(array(e), v -> transform(array("
              + sum.formatted("v")
              + "), s -> transform(v, x -> "
              + element.formatted("s")
              + "))[0])[0]"
          : "transform(e, x -> " + element.formatted(sum.formatted("e")) + ")";
    }

    @Override
    public void run(Shape shape, Path input, Path output) {
      String type = shape.type();
      Dataset<Row> table = spark.read().parquet(input.toString());
      Dataset<Row> scores;
      if (shape.array()) {
        scores =
            table
                .selectExpr(
                    "id",
                    "transform(array(array_max(logits)), m -> transform(logits, x -> exp(x -"
                        + " m)))[0] AS e")
                .selectExpr("id", divided(type) + " AS probabilities");
      } else if (shape.softmax()) {
        String logits = DuckDb.list(shape.classes(), "logit_%d", ", ");
        scores =
            table
                .selectExpr("*", "greatest(" + logits + ") AS m")
                .selectExpr(expressions(shape, "exp(logit_%1$d - m) AS e%1$d"))
                .selectExpr("*", DuckDb.list(shape.classes(), "e%d", " + ") + " AS s")
                .selectExpr(expressions(shape, "CAST(e%1$d / s AS " + type + ") AS prob_%1$d"));
      } else {
        scores =
            table.selectExpr(
                expressions(
                    shape, "CAST(1 / (1 + exp(-logit_%1$d)) AS " + type + ") AS prob_%1$d"));
      }
      scores.write().option("compression", "snappy").parquet(output.toString());
    }
  }

  /** A classic Java UDF on the array. */
  record ClassicUdf(SparkSession spark) implements Engine {
    @Override
    public String name() {
      return "Java UDF";
    }

    @Override
    public boolean serves(Shape shape) {
      return shape.array() && shape.type().equals("FLOAT");
    }

    @Override
    public void run(Shape shape, Path input, Path output) {
      UDF1<Seq<Float>, float[]> softmax = ClassicUdf::softmax;
      spark
          .udf()
          .register("classic_softmax", softmax, DataTypes.createArrayType(DataTypes.FloatType));
      spark
          .read()
          .parquet(input.toString())
          .select(col("id"), call_udf("classic_softmax", col("logits")).as("probabilities"))
          .write()
          .option("compression", "snappy")
          .parquet(output.toString());
    }

    private static float[] softmax(Seq<Float> logits) {
      int count = logits.length();
      float max = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        max = Math.max(max, logits.apply(i));
      }
      double[] exponentials = new double[count];
      double sum = 0;
      for (int i = 0; i < count; i++) {
        exponentials[i] = Math.exp(logits.apply(i) - max);
        sum += exponentials[i];
      }
      float[] probabilities = new float[count];
      for (int i = 0; i < count; i++) {
        probabilities[i] = (float) (exponentials[i] / sum);
      }
      return probabilities;
    }
  }

  private static String[] expressions(Shape shape, String pattern) {
    List<String> all = new ArrayList<>(List.of("id"));
    for (int i = 0; i < shape.classes(); i++) {
      all.add(pattern.formatted(i));
    }
    return all.toArray(new String[0]);
  }
}
