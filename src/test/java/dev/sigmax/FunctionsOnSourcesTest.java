package dev.sigmax;

import static dev.sigmax.Functions.argmax;
import static dev.sigmax.Functions.sigmoid;
import static dev.sigmax.Functions.softmax;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.testing.Reference;
import dev.sigmax.testing.SparkTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same logits give the same bits wherever they come from and wherever they are asked for: those
 * of 60 digits rounded once, for floats, and the kernel's own, for doubles.
 */
class FunctionsOnSourcesTest extends SparkTest {
  private static final int ROWS = 40;
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("a", DataTypes.FloatType)
          .add("b", DataTypes.FloatType)
          .add("fs", DataTypes.createArrayType(DataTypes.FloatType))
          .add("ds", DataTypes.createArrayType(DataTypes.DoubleType));

  private final SparkSession session = spark().newSession();
  private final Map<Long, List<Float>> ofFloats = new TreeMap<>();
  private final Map<Long, List<Double>> ofDoubles = new TreeMap<>();
  private final Map<Long, List<Float>> ofColumns = new TreeMap<>();
  private Dataset<Row> rows;

  @BeforeEach
  void logits() {
    session.conf().set("spark.sql.shuffle.partitions", "2");
    Random random = new Random(17);
    Softmax kernel = new Softmax(Kernels.scalar());
    List<Row> logits = new ArrayList<>();
    for (long id = 0; id < ROWS; id++) {
      float[] floats = new float[3];
      double[] doubles = new double[3];
      for (int i = 0; i < floats.length; i++) {
        doubles[i] = random.nextGaussian() * 20;
        floats[i] = (float) (random.nextGaussian() * 10);
      }
      logits.add(
          RowFactory.create(
              id,
              floats[0],
              floats[1],
              List.of(floats[0], floats[1], floats[2]),
              Arrays.stream(doubles).boxed().toList()));
      ofFloats.put(id, rounded(floats[0], floats[1], floats[2]));
      ofColumns.put(id, rounded(floats[0], floats[1]));
      kernel.softmax(doubles, 0, 3, 1, doubles, 0);
      ofDoubles.put(id, Arrays.stream(doubles).boxed().toList());
    }
    rows = session.createDataFrame(logits, SCHEMA);
  }

  private static List<Float> rounded(double... logits) {
    return Arrays.stream(Reference.softmax(logits)).map(Number::floatValue).toList();
  }

  @TestFactory
  Stream<DynamicTest> sourcesGiveTheSameBits() {
    Map<String, Dataset<Row>> sources = new HashMap<>();
    for (String format : List.of("parquet", "orc", "json", "xml")) {
      rows.write().format(format).option("rowTag", "row").save(path(format));
      sources.put(
          format,
          session.read().schema(SCHEMA).format(format).option("rowTag", "row").load(path(format)));
    }
    rows.createOrReplaceTempView("viewed");
    sources.put("local rows", rows);
    sources.put("cached", session.read().parquet(path("parquet")).cache());
    sources.put("view", session.sql("SELECT * FROM viewed WHERE id >= 0"));
    sources.put("RDD", session.createDataFrame(rows.javaRDD(), SCHEMA));
    sources.put("repartitioned", rows.repartition(5, col("b")));
    sources.put("checkpointed", rows.localCheckpoint());
    sources.put("union", rows.where("id < 7").union(rows.where("id >= 7")));
    return sources.entrySet().stream()
        .map(
            source ->
                DynamicTest.dynamicTest(source.getKey(), () -> assertBits(source.getValue())));
  }

  /** Every function's bits, with Spark's generated code and without. */
  private void assertBits(Dataset<Row> logits) {
    for (String codegen : List.of("true", "false")) {
      session.conf().set("spark.sql.codegen.wholeStage", codegen);
      session
          .conf()
          .set("spark.sql.codegen.factoryMode", codegen.equals("true") ? "FALLBACK" : "NO_CODEGEN");
      try {
        assertEquals(ofFloats, byId(logits.select(col("id"), softmax(col("fs")))));
        assertEquals(ofDoubles, byId(logits.select(col("id"), softmax(col("ds")))));
        assertEquals(ofColumns, byId(logits.select(col("id"), softmax(col("a"), col("b")))));
      } finally {
        session.conf().unset("spark.sql.codegen.wholeStage");
        session.conf().unset("spark.sql.codegen.factoryMode");
      }
    }
  }

  private static <T> Map<Long, List<T>> byId(Dataset<Row> scores) {
    Map<Long, List<T>> byId = new TreeMap<>();
    for (Row row : scores.collectAsList()) {
      byId.put(row.getLong(0), row.getList(1));
    }
    return byId;
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "json"})
  void streamsGiveTheSameBits(String format) throws Exception {
    rows.repartition(3).write().format(format).save(path("stream"));
    session
        .readStream()
        .schema(SCHEMA)
        .format(format)
        .option("maxFilesPerTrigger", 1)
        .load(path("stream"))
        .select(col("id"), softmax(col("fs")).as("p"), argmax(col("a"), col("b")).as("class"))
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", path("checkpoint"))
        .trigger(Trigger.AvailableNow())
        .start(path("scored"))
        .awaitTermination();
    assertEquals(ofFloats, byId(session.read().parquet(path("scored"))));
  }

  @Test
  void filtersSeeTheBitsThatAreSelected() {
    rows.write().parquet(path("rows"));
    Dataset<Row> read = session.read().parquet(path("rows"));
    float half = Reference.sigmoid(0.25).floatValue();
    long above =
        rows.collectAsList().stream()
            .filter(row -> Reference.sigmoid(row.getFloat(1)).floatValue() > half)
            .count();
    assertTrue(above > 5 && above < ROWS - 5);
    assertEquals(above, read.where(sigmoid(col("a")).gt(half)).count());
    assertEquals(above, read.select(sigmoid(col("a")).as("p")).where(col("p").gt(half)).count());
  }

  @Test
  void groupsJoinsAndOrdersByScores() {
    Dataset<Row> counts = rows.groupBy(argmax(col("fs")).as("class")).count().orderBy("class");
    long[] expected = new long[3];
    ofFloats.values().forEach(p -> expected[p.indexOf(p.stream().max(Float::compare).get())]++);
    for (Row row : counts.collectAsList()) {
      assertEquals(expected[row.getInt(0)], row.getLong(1));
    }
    Dataset<Row> left = rows.select(col("id"), softmax(col("fs")).as("p"));
    Dataset<Row> right = rows.select(col("id").as("other"), col("fs"));
    Dataset<Row> joined = left.join(right, left.col("p").equalTo(softmax(col("fs"))));
    assertEquals(ROWS, joined.where("id = other").count());
    assertEquals(ofFloats, byId(left.orderBy(softmax(col("p")))));
    assertEquals(
        ofFloats.values().stream().map(p -> p.get(0)).max(Float::compare).orElseThrow(),
        rows.agg(max(softmax(col("fs")).getItem(0))).first().getFloat(0));
  }

  @Test
  void insertsAndTablesMadeOfQueriesHaveTheSameBits() {
    rows.write().parquet(path("rows"));
    session.read().parquet(path("rows")).createOrReplaceTempView("logits_to_insert");
    String query = "SELECT id, softmax(fs) AS p FROM logits_to_insert";
    for (String format : List.of("parquet", "orc")) {
      session.sql("CREATE TABLE scores_made USING " + format + " AS " + query);
      session.sql("CREATE TABLE scores_in (id BIGINT, p ARRAY<FLOAT>) USING " + format);
      session.sql("INSERT INTO scores_in " + query);
      Dataset<Row> appended =
          session.table("logits_to_insert").select(col("id"), softmax(col("fs")).as("p"));
      appended.write().mode(SaveMode.Overwrite).insertInto("scores_in");
      try {
        assertEquals(ofFloats, byId(session.table("scores_made")), format);
        assertEquals(ofFloats, byId(session.table("scores_in")), format);
      } finally {
        session.sql("DROP TABLE scores_made");
        session.sql("DROP TABLE scores_in");
      }
    }
  }

  @Test
  void partitionedAndBucketedWritesHaveTheSameBits() {
    rows.write().parquet(path("rows"));
    Dataset<Row> scored =
        session
            .read()
            .parquet(path("rows"))
            .select(col("id"), softmax(col("fs")).as("p"), argmax(col("a"), col("b")).as("class"));
    scored.write().partitionBy("class").parquet(path("partitioned"));
    assertEquals(ofFloats, byId(session.read().parquet(path("partitioned"))));
    for (String value : List.of("0", "1")) {
      assertTrue(session.read().parquet(path("partitioned/class=" + value)).count() > 5);
    }
    scored.write().bucketBy(3, "id").sortBy("id").saveAsTable("bucketed_scores");
    try {
      assertEquals(ofFloats, byId(session.table("bucketed_scores")));
    } finally {
      session.sql("DROP TABLE bucketed_scores");
    }
  }
}
