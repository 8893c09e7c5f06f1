package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What inspect proposes: each proposal is a job that runs. */
class InspectTest extends JobTest {
  private String inspect() {
    Program run = Program.run("inspect", in().toString());
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  private void assertSays(String... parts) {
    String said = inspect();
    for (String part : parts) {
      assertTrue(said.contains(part), () -> part + " is not in " + said);
    }
  }

  @Test
  void columnsThatShareAPrefixAreProposed() {
    String columns =
        IntStream.range(0, 200)
            .mapToObj(i -> "i::FLOAT AS score_" + i)
            .collect(Collectors.joining(", "));
    input("a.parquet", "SELECT i AS id, 1.5::DOUBLE AS weight, " + columns + " FROM range(9) t(i)");
    assertSays(
        "--task multiclass --logits 'score_*'  (200 float a row)",
        "--task binary     --logits weight");
    assertPublished(score("multiclass", "--logits", "score_*"));
    assertEquals(200, manifest().at("/job/classes").asInt());
  }

  @Test
  void longerPrefixesAndNumbersAreFoundToo() {
    input(
        "a.parquet",
        "SELECT 1 AS z_id, 1::FLOAT AS z1, 2::FLOAT AS z2, 1::FLOAT AS model_out_cat, 2::FLOAT AS"
            + " model_out_dog");
    assertSays("--logits 'model_out_*'  (2 float a row)");
    // z_id is a whole number that z* would mean as well.
    assertFalse(inspect().contains("'z*'"));
  }

  @Test
  void theOnlyColumnOfFloatsIsProposed() {
    input("a.parquet", "SELECT 1 AS id, 'x' AS name, 2::DOUBLE AS z");
    assertSays("--task binary     --logits z  (1 double a row)");
    assertPublished(score("binary", "--logits", "z"));
  }

  @Test
  void ofEveryColumnItSaysWhetherItIsKept() {
    input(
        "a.parquet",
        "SELECT 1 AS id, uuid() AS key, 1.5::DOUBLE AS row_sum, 1::FLOAT AS logit_a, 2::FLOAT AS"
            + " logit_b");
    String said = inspect();
    assertTrue(said.matches("(?s).*\n  id +int +yes .*"), said);
    assertTrue(said.matches("(?s).*\n  key .*no: Spark has no such type.*"), said);
    assertTrue(said.matches("(?s).*\n  row_sum +double +no: the output needs the name.*"), said);
  }

  @Test
  void daysThatDifferAreShown() {
    input("day=1/a.parquet", THREE_ROWS);
    input("day=2/a.parquet", "SELECT *, 'x' AS promo FROM (" + THREE_ROWS + ")");
    input("day=3/a.parquet", "SELECT * REPLACE (id::VARCHAR AS id) FROM (" + THREE_ROWS + ")");
    String said = inspect();
    String differ = said.substring(said.indexOf("files differ in"));
    assertTrue(differ.contains("id: int in"), differ);
    assertTrue(
        differ.matches("(?s).*id: int in [^\n]*day=1[^\n]*day=2[^\n]*string in [^\n]*day=3.*"),
        differ);
    assertTrue(
        differ.matches(
            "(?s).*promo: missing in [^\n]*day=1[^\n]*day=3[^\n]*string in [^\n]*day=2.*"),
        differ);
  }

  @Test
  void twoScoresOfABinaryTaskAreToldAsASoftmaxOfTwo() {
    input("a.parquet", "SELECT 1::FLOAT AS logit_0, 2::FLOAT AS logit_1");
    assertRefused(2, score("binary"), "softmax of the two", "--task multiclass --labels no,yes");
    assertPublished(score("multiclass", "--labels", "no,yes"));
  }
}
