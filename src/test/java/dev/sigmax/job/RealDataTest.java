package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Reference;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jobs of the repository, as they are, against references of 60 digits. */
class RealDataTest extends JobTest {
  private void run(String job) {
    Program run = Program.run("score", "jobs/" + job + ".yaml", "--output", out().toString());
    assertPublished(run);
  }

  /** Kept columns are unchanged, and rows are the input's rows. */
  private void assertKept(String job, String columns, int rows) {
    assertEquals(
        0L,
        DuckDb.value(
            "SELECT count(*) FROM (SELECT "
                + columns
                + " FROM 'jobs/data/"
                + job
                + ".parquet' EXCEPT ALL SELECT "
                + columns
                + " FROM "
                + output()
                + ")"));
    assertEquals((long) rows, DuckDb.value("SELECT count(*) FROM " + output()));
  }

  private List<List<Object>> joined(String job, String key, String logits, String results) {
    return DuckDb.rows(
        "SELECT "
            + logits
            + ", "
            + results
            + " FROM 'jobs/data/"
            + job
            + ".parquet' i JOIN "
            + output()
            + " o USING ("
            + key
            + ")");
  }

  @Test
  void digitsAreCorrectlyRoundedSoftmax() {
    run("digits");
    assertKept("digits", "image_id, digit", 899);
    String logits =
        "logit_0, logit_1, logit_2, logit_3, logit_4, logit_5, logit_6, logit_7, logit_8, logit_9";
    for (List<Object> row :
        joined("digits", "image_id", logits, logits.replace("logit", "prob") + ", row_sum")) {
      double[] row10 = row.stream().limit(10).mapToDouble(v -> (Float) v).toArray();
      BigDecimal[] expected = Reference.softmax(row10);
      double sum = 0;
      for (int i = 0; i < 10; i++) {
        assertEquals(expected[i].floatValue(), row.get(10 + i));
        sum += (Float) row.get(10 + i);
      }
      assertEquals(sum, (Double) row.get(20), 0x1p-52);
    }
  }

  @Test
  void digitsAsAnArrayGiveTheSameBits() {
    run("digits");
    String columns =
        "image_id, [prob_0, prob_1, prob_2, prob_3, prob_4, prob_5, prob_6, prob_7, prob_8, prob_9], row_sum";
    List<List<Object>> expected =
        DuckDb.rows(
            "SELECT "
                + columns.replace("], row_sum", "]::VARCHAR, row_sum")
                + " FROM "
                + output()
                + " ORDER BY 1");
    assertPublished(
        Program.run("score", "jobs/digits_array.yaml", "--output", out().toString(), "--replace"));
    assertEquals(
        expected,
        DuckDb.rows(
            "SELECT image_id, probabilities::VARCHAR, row_sum FROM " + output() + " ORDER BY 1"));
  }

  @Test
  void traitsAreSigmoidsWithinOneUlpAndAreNotJudgedByTheirSum() {
    run("traits");
    assertKept("traits", "image_id, even, prime, has_loop, at_least_5", 899);
    String logits = "logit_even, logit_prime, logit_has_loop, logit_at_least_5";
    boolean anyFarFromOne = false;
    for (List<Object> row :
        joined(
            "traits",
            "image_id",
            logits,
            logits.replace("logit", "prob") + ", row_sum, row_issue")) {
      for (int i = 0; i < 4; i++) {
        assertTrue(
            Reference.ulps(Reference.sigmoid((Double) row.get(i)), (Double) row.get(4 + i)) <= 1);
      }
      anyFarFromOne |= Math.abs((Double) row.get(8) - 1) > 0.5;
      assertEquals(null, row.get(9));
    }
    assertTrue(anyFarFromOne, "four questions of their own do not sum to 1");
  }

  @Test
  void tumoursHaveBothTailsWithinOneUlp() {
    run("tumours");
    assertKept("tumours", "sample_id, benign", 285);
    for (List<Object> row :
        joined("tumours", "sample_id", "logit", "prob_benign, prob_malignant")) {
      double logit = (Double) row.get(0);
      assertTrue(Reference.ulps(Reference.sigmoid(logit), (Double) row.get(1)) <= 1);
      assertTrue(Reference.ulps(Reference.sigmoid(-logit), (Double) row.get(2)) <= 1);
    }
  }
}
