package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code add} adds. Every run that succeeds is held against the same by rows, to the bit, in
 * {@link JobTest}.
 */
class AddedColumnsTest extends JobTest {
  private static final String ALL = "prediction,confidence,top_k=2,margin,entropy";

  private static String manyRows(String type) {
    return ("SELECT i AS id, CASE WHEN i % 97 = 3 THEN NULL WHEN i % 89 = 5 THEN 'nan'::TYPE WHEN i %"
            + " 83 = 7 THEN 'inf'::TYPE WHEN i % 79 = 9 THEN '-inf'::TYPE ELSE (hash(i) % 2000 /"
            + " 100.0 - 10)::TYPE END AS logit_a, CASE WHEN i % 2 = 0 THEN '-inf'::TYPE ELSE (hash(i"
            + " + 7) % 9)::TYPE END AS logit_b, (hash(i + 9) % 9)::TYPE AS logit_c FROM range(6000)"
            + " t(i)")
        .replace("TYPE", type);
  }

  @ParameterizedTest
  @CsvSource({
    "multiclass, FLOAT, float",
    "multiclass, DOUBLE, double",
    "multiclass, DOUBLE, float",
    "multiclass, FLOAT, double",
    "multilabel, FLOAT, float",
    "multilabel, DOUBLE, double",
    "multilabel, DOUBLE, float"
  })
  void bothPathsAddTheSameToGoodAndToBadRows(String task, String type, String precision) {
    input("a.parquet", manyRows(type));
    for (String nonFinite : List.of("reject", "limit", "propagate")) {
      Program run =
          score(
              task,
              "--add",
              ALL,
              "--precision",
              precision,
              "--on-bad-row",
              "null",
              "--non-finite",
              nonFinite,
              "--replace");
      assertPublished(run);
      assertEngine("columnar");
      assertEquals(
          List.of(List.of(0L)),
          DuckDb.rows(
              "SELECT count(*) FROM "
                  + output()
                  + " WHERE row_issue IS NOT NULL AND (prediction IS NOT NULL OR confidence IS NOT"
                  + " NULL OR top_k IS NOT NULL OR margin IS NOT NULL OR entropy IS NOT NULL)"));
    }
  }

  @Test
  void aPredictionIsTheMostProbableClassTheFirstOfEqualOnes() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--add", "entropy,margin,top_k=2,prediction,confidence"));
    assertEngine("columnar");
    assertEquals(
        List.of(
            List.of(1, "b", true, "b", "a"),
            List.of(2, "a", true, "a", "b"),
            List.of(3, "b", true, "b", "c")),
        outputRows(
            "id, prediction, confidence = greatest(prob_a, prob_b, prob_c) AND confidence ="
                + " top_k[1].probability AND len(top_k) = 2, top_k[1].label, top_k[2].label"));
    assertEquals(
        List.of(
            "id",
            "prob_a",
            "prob_b",
            "prob_c",
            "prediction",
            "confidence",
            "top_k",
            "margin",
            "entropy",
            "row_sum",
            "row_issue"),
        DuckDb.rows("DESCRIBE SELECT * FROM " + output()).stream().map(row -> row.get(0)).toList());
  }

  @Test
  void marginAndEntropyAreThoseOfTheExactProbabilities() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--add", "margin,entropy"));
    double[] exact =
        Arrays.stream(Reference.softmax(1.5, 2, -1)).mapToDouble(p -> p.doubleValue()).toArray();
    List<Object> row = outputRows("id, margin, entropy").get(0);
    assertEquals(exact[1] - exact[0], (Double) row.get(1), 1e-15);
    double entropy = Arrays.stream(exact).map(p -> -p * Math.log(p)).sum();
    assertEquals(entropy, (Double) row.get(2), 1e-15);
    assertEquals(List.of(2, 0.0), outputRows("id, margin").get(1));
  }

  @Test
  void aMultilabelPredictionHoldsEveryLabelAtOrAboveItsThreshold() {
    input("a.parquet", THREE_ROWS);
    assertPublished(
        score("multilabel", "--add", "prediction,confidence,top_k=3", "--thresholds", "c=0.26"));
    assertEngine("columnar");
    // σ(0) = 0.5, σ(-1) = 0.2689: at or above is enough.
    assertEquals(
        List.of(
            List.of(1, "[a, b, c]", "[prob_a, prob_b, prob_c]"),
            List.of(2, "[a, b, c]", "[prob_a, prob_b, prob_c]"),
            List.of(3, "[b, c]", "[prob_b, prob_c]")),
        outputRows(
            "id, prediction::VARCHAR, CASE confidence WHEN [prob_a, prob_b, prob_c] THEN '[prob_a,"
                + " prob_b, prob_c]' WHEN [prob_b, prob_c] THEN '[prob_b, prob_c]' END"));
    assertEquals(
        List.of(List.of("[b, a, c]"), List.of("[a, b, c]"), List.of("[b, c, a]")),
        DuckDb.rows(
            "SELECT list_transform(top_k, x -> x.label)::VARCHAR FROM "
                + output()
                + " ORDER BY id"));
    assertPublished(
        score(
            "multilabel",
            "--add",
            "prediction",
            "--threshold",
            "0.9",
            "--layout",
            "none",
            "--replace"));
    assertEquals(
        List.of(List.of(1, "[]"), List.of(2, "[]"), List.of(3, "[b, c]")),
        outputRows("id, prediction::VARCHAR"));
  }

  @Test
  void aBinaryPredictionIsTheYesAtOrAboveTheThreshold() {
    input(
        "a.parquet",
        "SELECT * FROM (VALUES (1, 0::FLOAT), (2, -1::FLOAT), (3, 2::FLOAT)) t(id, logit_spam)");
    assertPublished(score("binary", "--add", ALL));
    assertEngine("columnar");
    assertEquals(
        List.of(
            List.of(1, "spam", true, "not_spam"),
            List.of(2, "not_spam", true, "not_spam"),
            List.of(3, "spam", true, "spam")),
        outputRows(
            "id, prediction, confidence = CASE prediction WHEN 'spam' THEN prob_spam ELSE"
                + " prob_not_spam END, top_k[1].label"));
    assertPublished(
        score("binary", "--add", "prediction", "--thresholds", "spam=0.25", "--replace"));
    assertEquals(
        List.of(List.of(1, "spam"), List.of(2, "spam"), List.of(3, "spam")),
        outputRows("id, prediction"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void theTopOfAThousandClassesTakesTheColumnarPathWithoutProbabilities(String type)
      throws IOException {
    input(
        "a.parquet",
        "SELECT i AS id, [(hash(i * 1000 + j) % 2000 / 100.0 - 10)::"
            + type
            + " for j in range(1000)] AS logits FROM range(3000) t(i)");
    assertPublished(
        score("multiclass", "--logits", "logits", "--layout", "none", "--add", "top_k=5"));
    assertEngine("columnar");
    assertEquals(
        List.of("id", "top_k", "row_sum", "row_issue"),
        DuckDb.rows("DESCRIBE SELECT * FROM " + output()).stream().map(row -> row.get(0)).toList());
    // DuckDB's own idea of the five largest logits, the first of equal ones.
    assertEquals(
        List.of(List.of(3000L)),
        DuckDb.rows(
            "SELECT count(*) FROM (SELECT id, list_transform(top_k, x -> x.label::INT) AS found FROM "
                + output()
                + ") JOIN (SELECT id, list_transform(list_sort(list_transform(range(1000), j ->"
                + " {v: -logits[j + 1], j: j::INT}))[1:5], x -> x.j) AS expected FROM '"
                + in()
                + "/a.parquet') USING (id) WHERE found = expected"));
    assertTrue(
        encodingsOf("label").contains("RLE_DICTIONARY"),
        () -> "labels repeat, and have no dictionary");
  }

  private String encodingsOf(String leaf) throws IOException {
    Path file;
    try (var files = Files.list(out())) {
      file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      BlockMetaData block = reader.getFooter().getBlocks().get(0);
      return block.getColumns().stream()
          .filter(column -> column.getPath().toDotString().endsWith("." + leaf))
          .map(ColumnChunkMetaData::getEncodings)
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }

  @Test
  void labelsOfAnyCharactersComeThrough() {
    input("a.parquet", THREE_ROWS);
    Program run =
        score("multiclass", "--labels", "\"a,b =%+\",\"数 \"\"x\"\"\",c", "--add", "prediction");
    assertPublished(run);
    assertEngine("columnar");
    assertEquals(
        List.of(List.of(1, "数 \"x\""), List.of(2, "a,b =%+"), List.of(3, "数 \"x\"")),
        outputRows("id, prediction"));
  }

  @Test
  void aJobFileNamesAdditionsAndThresholdsAndTheManifestHasThem() throws IOException {
    input("a.parquet", THREE_ROWS);
    Path job = folder.resolve("job.yaml");
    Files.writeString(
        job,
        """
        input: in
        output: out
        task: multilabel
        add: [margin, prediction, top_k=1]
        thresholds: {a: 0.3, c: 0.25}
        threshold: 0.4
        """);
    assertPublished(Program.run("score", job.toString()));
    assertEquals("[\"prediction\",\"top_k=1\",\"margin\"]", manifest().at("/job/add").toString());
    assertEquals("{\"a\":0.3,\"c\":0.25}", manifest().at("/job/thresholds").toString());
    assertEquals(0.4, manifest().at("/job/threshold").asDouble());
    assertEquals(0, Program.run("verify", job.toString()).code());
    assertEquals(0, Program.run("verify", out().toString()).code());
    assertEquals(0, Program.run("score", job.toString()).code());
    Program other = Program.run("verify", job.toString(), "--threshold", "0.6");
    assertEquals(6, other.code(), other.err());
    assertTrue(other.err().contains("threshold was 0.4 and is 0.6 now"), other.err());
    Program again = Program.run("score", job.toString(), "--add", "entropy");
    assertEquals(5, again.code(), again.err());
  }

  @Test
  void nothingIsSaidOfAdditionsWhereThereAreNone() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    assertNull(manifest().get("job").get("add"));
    assertNull(manifest().get("job").get("threshold"));
  }

  @Test
  void additionsThatMeanNothingAreRefused() {
    input("a.parquet", THREE_ROWS);
    assertRefused(2, score("multiclass", "--add", "predictions"), "add knows prediction");
    assertRefused(2, score("multiclass", "--add", "top_k"), "top_k=5");
    assertRefused(2, score("multiclass", "--add", "top_k=0"), "whole number from 1 up");
    assertRefused(2, score("multiclass", "--add", "top_k=4"), "a row has 3 probabilities");
    assertRefused(2, score("multiclass", "--add", "margin,margin"), "margin stands twice");
    assertRefused(2, score("multiclass", "--add", "margin=3"), "not margin=3");
    assertRefused(2, score("multiclass", "--layout", "none"), "nothing is added");
  }

  @Test
  void thresholdsThatMeanNothingAreRefused() {
    input("a.parquet", THREE_ROWS);
    assertRefused(
        2, score("multiclass", "--threshold", "0.5"), "means nothing for a multiclass task");
    assertRefused(2, score("multiclass", "--thresholds", "a=0.5"), "multiclass task");
    assertRefused(2, score("multilabel", "--threshold", "1.5"), "from 0 to 1, not 1.5");
    assertRefused(2, score("multilabel", "--threshold", "nan"), "from 0 to 1");
    assertRefused(2, score("multilabel", "--thresholds", "a"), "prime=0.3");
    assertRefused(2, score("multilabel", "--thresholds", "d=0.5"), "d, which is no label");
    assertRefused(2, score("multilabel", "--thresholds", "a=0.5,a=0.6"), "a stands twice");
    input("a.parquet", "SELECT 1::FLOAT AS logit_spam");
    assertRefused(
        2, score("binary", "--thresholds", "not_spam=0.3"), "the no of a binary task", "spam");
  }

  @Test
  void aKeptColumnMustNotHaveTheNameOfAnAddedOne() {
    input("a.parquet", "SELECT 'x' AS Prediction, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertRefused(
        2, score("multiclass", "--add", "prediction"), "the kept column Prediction has a name");
    assertPublished(score("multiclass", "--add", "entropy"));
  }

  @Test
  void anEmptyInputGivesTheColumnsWithoutRows() {
    input("a.parquet", THREE_ROWS + " WHERE id > 9");
    assertPublished(score("multilabel", "--add", ALL, "--layout", "none"));
    assertEquals(
        List.of("VARCHAR[]", "FLOAT[]", "STRUCT(\"label\" VARCHAR, probability FLOAT)[]", "DOUBLE"),
        DuckDb.rows("DESCRIBE SELECT * FROM " + output()).stream()
            .skip(1)
            .limit(4)
            .map(row -> row.get(1))
            .toList());
  }

  @Test
  void aQuarantineTakesTheRowEngineAndGoodRowsHaveTheirColumns() {
    input("a.parquet", THREE_ROWS + " UNION ALL SELECT 4, NULL, 1, 1");
    assertPublished(score("multiclass", "--add", ALL, "--on-bad-row", "quarantine"));
    assertEngine("row");
    assertEquals(
        List.of(List.of(1, "b"), List.of(2, "a"), List.of(3, "b")), outputRows("id, prediction"));
  }

  @Test
  void rowsOfARunWithoutProbabilitiesAreExplainedAndEvaluated() throws IOException {
    input("a.parquet", THREE_ROWS.replace("id, logit_a", "truth, logit_a"));
    assertPublished(
        score(
            "multilabel",
            "--layout",
            "none",
            "--add",
            "prediction,top_k=1",
            "--thresholds",
            "c=0.25",
            "--engine",
            "row"));
    Program explained = Program.run("explain", out().toString(), "--where", "truth = 1");
    assertEquals(0, explained.code(), explained.err());
    assertTrue(explained.out().contains("[a, b, c]"), explained.out());
    Program refused =
        Program.run("evaluate", out().toString(), "--label", "truth", "--threshold", "2");
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains("threshold must be a number from 0 to 1"), refused.err());
    Files.delete(in().resolve("a.parquet"));
    Program gone = Program.run("evaluate", out().toString(), "--label", "truth");
    assertEquals(3, gone.code(), gone.err());
    assertTrue(gone.err().contains("has no probabilities in its output"), gone.err());
  }
}
