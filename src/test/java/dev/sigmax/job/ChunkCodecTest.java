package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.DuckDb;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Which column chunks of an output are compressed. */
class ChunkCodecTest extends JobTest {
  /** Logits of which no two are the same, and an id and a text that shrink. */
  private static final String REAL =
      "SELECT i AS id, 'customer ' || (i // 100) AS name, (hash(i) % 1000003 / 1e5)::FLOAT AS"
          + " logit_a, (hash(i + 7) % 1000003 / 1e5)::FLOAT AS logit_b FROM range(30000) t(i)";

  private static List<List<Object>> codecs(String files) {
    return DuckDb.rows(
        "SELECT path_in_schema, min(compression), max(compression) FROM parquet_metadata('"
            + files
            + "') GROUP BY 1 ORDER BY 1");
  }

  @Test
  void whatHardlyShrinksIsNotCompressedAndTheManifestSaysWhat() {
    input("a.parquet", REAL);
    assertPublished(score("multiclass"));
    assertEquals(
        List.of(
            List.of("id", "SNAPPY", "SNAPPY"),
            List.of("name", "SNAPPY", "SNAPPY"),
            List.of("prob_a", "UNCOMPRESSED", "UNCOMPRESSED"),
            List.of("prob_b", "UNCOMPRESSED", "UNCOMPRESSED"),
            List.of("row_issue", "SNAPPY", "SNAPPY"),
            List.of("row_sum", "SNAPPY", "SNAPPY")),
        codecs(out() + "/*.parquet"));
    assertEquals("[\"prob_a\",\"prob_b\"]", manifest().at("/output/uncompressed").toString());
    List<List<Object>> byDuckDb = outputRows("id, prob_a, prob_b");
    List<List<Object>> bySpark =
        spark()
            .read()
            .parquet(out().toString())
            .select("id", "prob_a", "prob_b")
            .orderBy("id")
            .collectAsList()
            .stream()
            .map(row -> List.of(row.get(0), row.get(1), row.get(2)))
            .toList();
    assertEquals(bySpark, byDuckDb);
  }

  @Test
  void whatShrinksIsCompressed() {
    input(
        "a.parquet",
        "SELECT i AS id, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM range(30000) t(i)");
    assertPublished(score("multiclass"));
    assertEquals("[]", manifest().at("/output/uncompressed").toString());
  }

  @Test
  void aSettingCompressesEverything() {
    input("a.parquet", REAL);
    SparkSession session = spark().newSession();
    session.conf().set("spark.sigmax.columnar.adaptiveCompression", "false");
    session
        .read()
        .parquet(in().toString())
        .selectExpr("softmax(array(logit_a, logit_b)) AS p")
        .write()
        .parquet(path("out"));
    assertEquals("SNAPPY", codecs(path("out") + "/*.parquet").get(0).get(1));
  }
}
