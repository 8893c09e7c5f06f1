package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many classes arrays have, where nobody says: the one length of all sampled rows. */
class ArrayLengthsTest extends JobTest {
  private static final String[] LOGITS = {"--logits", "logits"};

  @Test
  void oneShortFirstRowDoesNotDecide() {
    input(
        "a.parquet",
        "SELECT i AS id, CASE WHEN i = 0 THEN [1, 2] ELSE [1, 2, 3] END::FLOAT[] AS logits FROM"
            + " range(1000) t(i)");
    assertRefused(
        3,
        score("multiclass", LOGITS),
        "logits differ in length",
        "1 has 2, 49 have 3",
        "--classes",
        "--labels");
    assertPublished(
        score("multiclass", "--logits", "logits", "--classes", "3", "--max-bad-rows", "1"));
    assertEquals(999L, manifest().at("/checks/rows").asLong() - 1);
    assertEquals(1, manifest().at("/checks/issues/length").asLong());
  }

  @Test
  void theLabelsOfABinaryTaskDoNotSayHowLongItsArraysAre() {
    input(
        "a.parquet",
        "SELECT i AS id, CASE WHEN i = 0 THEN [1] ELSE [-i, i] END::FLOAT[] AS logits FROM"
            + " range(1000) t(i)");
    String[] pairs = {"--logits", "logits", "--raw-layout", "pair", "--labels", "no,yes"};
    Program refused = score("binary", pairs);
    assertRefused(3, refused, "1 has 1, 49 have 2", "Set --classes; rows of any other length");
    List<String> told = new ArrayList<>(List.of(pairs));
    told.addAll(List.of("--classes", "2", "--max-bad-rows", "1"));
    assertPublished(score("binary", told.toArray(new String[0])));
    assertEquals(1, manifest().at("/checks/issues/length").asLong());
  }

  @Test
  void laterFilesAndRowGroupsAreLookedAt() throws IOException {
    input("a.parquet", "SELECT [1, 2]::DOUBLE[] AS logits");
    input("b.parquet", "SELECT [1, 2]::DOUBLE[] AS logits FROM range(10)");
    input("c.parquet", "SELECT [1, 2, 3]::DOUBLE[] AS logits");
    assertRefused(3, score("multilabel", LOGITS), "11 have 2, 1 has 3");
    java.nio.file.Files.delete(in().resolve("c.parquet"));
    input(
        "b.parquet",
        "SELECT CASE WHEN i < 4096 THEN [1, 2] ELSE [1, 2, 3] END::DOUBLE[] AS logits FROM"
            + " range(8192) t(i)",
        ", ROW_GROUP_SIZE 2048");
    assertRefused(3, score("multilabel", LOGITS), "have 2", "50 have 3");
  }

  @Test
  void nullAndEmptyArraysHaveNoLengthToCount() {
    input(
        "a.parquet",
        "SELECT * FROM (VALUES (NULL), ([]), ([1, NULL]), ([3, 4])) t(logits), range(1)");
    assertPublished(
        score(
            "multiclass",
            "--logits",
            "logits",
            "--on-bad-row",
            "quarantine",
            "--max-bad-rows",
            "3"));
    assertEquals(2, manifest().at("/job/classes").asInt());
    input("a.parquet", "SELECT NULL::FLOAT[] AS logits FROM range(3)");
    Program none = scoreInto("none");
    assertEquals(2, none.code());
    assertTrue(none.err().contains("--classes"), none.err());
  }

  private Program scoreInto(String output) {
    return Program.run(
        "score",
        "--input",
        in().toString(),
        "--output",
        folder.resolve(output).toString(),
        "--task",
        "multiclass",
        "--logits",
        "logits");
  }

  @Test
  void everyNumberTypeIsSampled() {
    for (String type : List.of("TINYINT", "USMALLINT", "INTEGER", "BIGINT", "UBIGINT")) {
      input("a.parquet", "SELECT [0, 1, 0]::" + type + "[] AS logits FROM range(2)");
      assertLooksLikeProbabilities(type);
    }
    for (String type : List.of("FLOAT", "DECIMAL(9,2)", "DECIMAL(18,2)", "DECIMAL(38,2)")) {
      input("a.parquet", "SELECT [0.5, 0.25, 0.25]::" + type + "[] AS logits FROM range(2)");
      assertLooksLikeProbabilities(type);
    }
  }

  private void assertLooksLikeProbabilities(String type) {
    String inspected = Program.run("inspect", in().toString()).out();
    assertTrue(inspected.contains("look like probabilities"), () -> type + ": " + inspected);
  }
}
