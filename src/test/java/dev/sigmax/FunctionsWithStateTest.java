package dev.sigmax;

import static dev.sigmax.Functions.argmax;
import static dev.sigmax.Functions.softmax;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sigmax.testing.Reference;
import dev.sigmax.testing.SparkTest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Queries that keep scores of some rows for others, in windows and in the state of streams: the
 * bits are those of 60 digits rounded once.
 */
class FunctionsWithStateTest extends SparkTest {
  private static final int ROWS = 60;
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("z", DataTypes.createArrayType(DataTypes.FloatType));

  private final SparkSession session = spark().newSession();
  private final Map<Long, List<Float>> expected = new TreeMap<>();
  private final Map<Integer, Long> classes = new HashMap<>();

  @BeforeEach
  void logits() {
    session.conf().set("spark.sql.shuffle.partitions", "2");
    List<Row> rows =
        LongStream.range(0, ROWS)
            .mapToObj(id -> RowFactory.create(id, List.of(id % 7 / 3f, id % 5 / 4f, id % 3 / 2f)))
            .toList();
    for (Row row : rows) {
      List<Float> z = row.getAs(1);
      double[] logits = z.stream().mapToDouble(Float::doubleValue).toArray();
      expected.put(row.getLong(0), rounded(logits));
      int largest = 0;
      for (int i = 1; i < logits.length; i++) {
        largest = logits[i] > logits[largest] ? i : largest;
      }
      classes.merge(largest, 1L, Long::sum);
    }
    session.createDataFrame(rows, SCHEMA).repartition(3).write().parquet(path("logits"));
    session.read().parquet(path("logits")).createOrReplaceTempView("logits");
  }

  private static List<Float> rounded(double... logits) {
    return Arrays.stream(Reference.softmax(logits)).map(Number::floatValue).toList();
  }

  private static Map<Long, List<Float>> byId(List<Row> rows) {
    Map<Long, List<Float>> byId = new TreeMap<>();
    rows.forEach(row -> byId.put(row.getLong(0), row.getList(1)));
    return byId;
  }

  private Dataset<Row> stream() {
    return session
        .readStream()
        .schema(SCHEMA)
        .option("maxFilesPerTrigger", 1)
        .parquet(path("logits"));
  }

  private List<Row> ended(Dataset<Row> query, String name, String mode) throws Exception {
    StreamingQuery running =
        query
            .writeStream()
            .format("memory")
            .queryName(name)
            .outputMode(mode)
            .option("checkpointLocation", path(name))
            .trigger(Trigger.AvailableNow())
            .start();
    running.awaitTermination();
    return session.table(name).collectAsList();
  }

  @Test
  void windowsOverScoresAndScoresOfWindowsHaveTheBits() {
    String window = " OVER (PARTITION BY id % 4 ORDER BY id)";
    List<Row> rows =
        session
            .sql(
                "SELECT id, lag(softmax(z))"
                    + window
                    + ", softmax(lag(z)"
                    + window
                    + ") FROM logits")
            .collectAsList();
    assertEquals(ROWS, rows.size());
    for (Row row : rows) {
      List<Float> before = expected.get(row.getLong(0) - 4);
      assertEquals(before, row.isNullAt(1) ? null : row.getList(1));
      assertEquals(before, row.isNullAt(2) ? null : row.getList(2));
    }
  }

  @Test
  void subqueriesFindTheBits() {
    Set<List<Float>> ofTheFirst =
        expected.entrySet().stream()
            .filter(entry -> entry.getKey() < ROWS / 2)
            .map(Map.Entry::getValue)
            .collect(Collectors.toSet());
    Map<Long, List<Float>> others = new TreeMap<>(expected);
    others.values().removeIf(ofTheFirst::contains);
    assertFalse(others.isEmpty());
    assertEquals(
        others,
        byId(
            session
                .sql(
                    "SELECT id, (SELECT max(softmax(z)) FROM logits b WHERE b.id = a.id) FROM logits"
                        + " a WHERE softmax(z) NOT IN (SELECT softmax(z) FROM logits WHERE id < "
                        + ROWS / 2
                        + ")")
                .collectAsList()));
  }

  @Test
  void aStreamThatCountsByClassCountsAsABatch() throws Exception {
    Map<Integer, Long> counted = new HashMap<>();
    Dataset<Row> query = stream().groupBy(argmax(col("z"))).agg(count(lit(1)));
    ended(query, "counted", "complete").forEach(row -> counted.put(row.getInt(0), row.getLong(1)));
    assertEquals(classes, counted);
  }

  @Test
  void aStreamKeepsScoresInItsState() throws Exception {
    Dataset<Row> query =
        stream().withColumn("p", softmax(col("z"))).groupBy(col("id")).agg(max(col("p")));
    assertEquals(expected, byId(ended(query, "kept", "complete")));
  }

  @Test
  void aStreamDropsEqualScoresAsABatchDoes() throws Exception {
    Dataset<Row> query = stream().select(softmax(col("z")).as("p")).dropDuplicates("p");
    assertEquals(
        expected.values().stream().distinct().count(), ended(query, "distinct", "append").size());
  }
}
