package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Logits and kept columns that are fields of a struct. */
class NestedLogitsTest extends JobTest {
  private static final double YES = Math.E / (1 + Math.E);

  private List<Object> columns() {
    return DuckDb.rows("SELECT column_name FROM (DESCRIBE SELECT * FROM " + output() + ")").stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void anArrayInAStruct() {
    input("a.parquet", "SELECT 7 AS n, {'id': 5, 'logits': [1, 2]::DOUBLE[]} AS meta");
    assertPublished(score("multiclass", "--logits", "meta.logits"));
    assertEquals(List.of("n", "meta", "probabilities", "row_sum", "row_issue"), columns());
    assertEquals(YES, (Double) DuckDb.value("SELECT probabilities[2] FROM " + output()), 1e-15);
    assertEquals("meta.logits", manifest().at("/job/logits/0").asText());
    assertPublished(
        score("multiclass", "--logits", "meta.logits", "--keep", "meta.id,n", "--replace"));
    assertEquals(List.of("id", "n", "probabilities", "row_sum", "row_issue"), columns());
    assertEquals(5, DuckDb.value("SELECT id FROM " + output()));
    assertEquals("meta.id", manifest().at("/job/keep/0").asText());
  }

  @Test
  void aStructOfFloatsIsItsFields() {
    input("a.parquet", "SELECT 1 AS n, {'no': 1::FLOAT, 'yes': 2::FLOAT} AS scores");
    input("b.parquet", "SELECT 2 AS n, {'yes': 2::FLOAT, 'no': 1::FLOAT} AS scores");
    input("c.parquet", "SELECT 3 AS n, NULL::STRUCT(no FLOAT, yes FLOAT) AS scores");
    assertPublished(
        score("multiclass", "--logits", "scores", "--on-bad-row", "null", "--max-bad-rows", "1"));
    assertEquals(List.of("n", "prob_no", "prob_yes", "row_sum", "row_issue"), columns());
    assertEquals(
        Arrays.asList(
            Arrays.asList(1, (float) YES, null),
            Arrays.asList(2, (float) YES, null),
            Arrays.asList(3, null, "null")),
        outputRows("n, prob_yes, row_issue"));
    Program inspected = Program.run("inspect", in().resolve("a.parquet").toString());
    assertTrue(
        inspected.out().contains("--task multiclass --logits scores  (2 float a row)"),
        inspected.out());
  }

  @Test
  void aStructInAStructIsItsFields() {
    input(
        "a.parquet",
        "SELECT 1 AS n, {'model': 'm', 'scores': {'no': 1::FLOAT, 'yes': 2::FLOAT}} AS out");
    assertPublished(score("multiclass", "--logits", "out.scores"));
    assertEquals(List.of("n", "out", "prob_no", "prob_yes", "row_sum", "row_issue"), columns());
    assertEquals(
        List.of(Arrays.asList(1, "m", (float) YES, null)),
        outputRows("n, \"out\".model, prob_yes, row_issue"));
    assertRefused3("out", "out.model");
  }

  @Test
  void fieldsAreFoundByListAndGlobAtAnyDepth() {
    input(
        "a.parquet",
        "SELECT {'out': {'z_a': 1::FLOAT, 'z_b': 2::FLOAT, 'name': 'x'}} AS m, {'z_a': 1::FLOAT, 'z_b':"
            + " 2::FLOAT, 'name': 'x'} AS s");
    assertPublished(score("multiclass", "--logits", "m.out.z_a,m.out.z_b", "--keep", "m.out.name"));
    assertEquals((float) YES, DuckDb.value("SELECT \"prob_m.out.z_b\" FROM " + output()));
    assertEquals("x", DuckDb.value("SELECT name FROM " + output()));
    assertPublished(score("multiclass", "--logits", "s.z_*", "--keep", "", "--replace"));
    assertEquals(List.of("prob_a", "prob_b", "row_sum", "row_issue"), columns());
    assertRefused3("s", "s.name");
  }

  private void assertRefused3(String logits, String part) {
    Publications.remove(out());
    assertRefused(3, score("multiclass", "--logits", logits), part, "string");
  }

  @Test
  void aColumnOfThatNameWins() {
    input(
        "a.parquet",
        "SELECT [1, 3]::DOUBLE[] AS \"meta.logits\", {'logits': [1, 2]::DOUBLE[]} AS meta");
    assertPublished(score("multiclass", "--logits", "meta.logits"));
    assertEquals(
        1 / (1 + Math.exp(-2)),
        (Double) DuckDb.value("SELECT probabilities[2] FROM " + output()),
        1e-15);
  }

  @Test
  void twoFieldsOfOneNameAreRefused() {
    input("a.parquet", "SELECT 1 AS id, {'id': 2} AS m, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertRefused(2, score("multiclass", "--keep", "id,m.id"), "id");
    assertRefused(3, score("multiclass", "--keep", "m.nothing"), "m.nothing");
  }

  @Test
  void aFieldThatAFileLacksOrHasInAnotherTypeIsRefused() {
    input("a.parquet", "SELECT {'z': [1, 2]::FLOAT[]} AS m");
    input("b.parquet", "SELECT {'y': [1, 2]::FLOAT[]} AS m");
    assertRefused(3, score("multiclass", "--logits", "m.z", "--keep", ""), "m.z", "b.parquet");
    input("b.parquet", "SELECT {'z': [1, 2]::DOUBLE[], 'more': 1} AS m");
    assertRefused(
        3, score("multiclass", "--logits", "m.z", "--keep", ""), "m.z", "--precision double");
    assertPublished(score("multiclass", "--logits", "m.z", "--keep", "", "--precision", "double"));
    assertEquals(1L, DuckDb.value("SELECT count(DISTINCT probabilities[1]) FROM " + output()));
  }

  @Test
  void aClassThatOnlyALaterFileHasIsRefused() {
    input("a.parquet", "SELECT {'z_a': 1::FLOAT, 'z_b': 2::FLOAT} AS m");
    input("b.parquet", "SELECT {'z_a': 1::FLOAT, 'z_b': 2::FLOAT, 'z_c': 9::FLOAT} AS m");
    for (String logits : List.of("m", "m.z_*")) {
      assertRefused(3, score("multiclass", "--logits", logits, "--keep", ""), "m.z_c", "b.parquet");
    }
    input("a.parquet", "SELECT {'s': {'z_a': 1::FLOAT, 'z_b': 2::FLOAT}} AS m");
    input("b.parquet", "SELECT {'s': {'z_a': 1::FLOAT, 'z_b': 2::FLOAT, 'z_c': 9::FLOAT}} AS m");
    assertRefused(3, score("multiclass", "--logits", "m.s", "--keep", ""), "m.s.z_c", "b.parquet");
  }

  @Test
  void aQuarantineHoldsTheRowAsItWas() {
    input(
        "a.parquet",
        "SELECT 1 AS n, {'logits': [1, 2]::FLOAT[], 'id': 4} AS m UNION ALL SELECT 2, {'logits':"
            + " ['nan'::FLOAT, 2], 'id': 5}");
    assertPublished(
        score(
            "multiclass", "--logits", "m.logits", "--keep", "m.id", "--on-bad-row", "quarantine"));
    String quarantine = "'" + out() + "/_quarantine/*.parquet'";
    assertEquals(
        List.of(List.of("n"), List.of("m"), List.of("row_issue")),
        DuckDb.rows("SELECT column_name FROM (DESCRIBE SELECT * FROM " + quarantine + ")"));
    assertEquals(List.of(List.of(2, 5)), DuckDb.rows("SELECT n, m.id FROM " + quarantine));
    assertEquals(List.of(List.of(4)), outputRows("id"));
  }

  /** Spark's own models write them, and a file has them as a struct. */
  @Test
  void aVectorOfSparkMlNamesTheFunctionThatMakesAnArrayOfIt() {
    spark()
        .createDataFrame(
            List.of(RowFactory.create(Vectors.dense(1, 2))),
            new StructType().add("rawPrediction", SQLDataTypes.VectorType()))
        .write()
        .mode(SaveMode.Append)
        .parquet(in().toUri().toString());
    assertRefused(
        3,
        score("multiclass", "--logits", "rawPrediction"),
        "the logit column rawPrediction is vector",
        "Write it as an array, with Spark's vector_to_array(rawPrediction), or name other columns");
  }
}
