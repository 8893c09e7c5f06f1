package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** EXPLAIN of a session's own writes to tables whose format has a writer of its own. */
class ExplainedTableWriteTest extends TableTest {
  private static final String REASON =
      "SigmaxByRows because the table's format has a writer of its own, which takes rows";

  @BeforeEach
  void fill() {
    String file =
        input("a.parquet", "SELECT i AS id, (i - 1)::FLOAT AS logit_a FROM range(3) t(i)")
            .toString();
    spark().read().parquet(file).createOrReplaceTempView("scored_logits");
  }

  private static String explained(String statement) {
    return spark().sql("EXPLAIN " + statement).first().getString(0);
  }

  @Test
  void aTableThatIsCreatedOfScoresIsWrittenByRows() {
    String create =
        "CREATE TABLE "
            + table
            + " USING iceberg AS SELECT id, sigmoid(logit_a) AS p FROM"
            + " scored_logits";
    String text = explained(create);
    assertTrue(text.contains("== Sigmax: ") && text.contains(REASON), text);
    spark().sql(create);
    assertEquals(List.of("[0,0.26894143]", "[1,0.5]", "[2,0.7310586]"), rows());
  }

  @Test
  void anInsertIntoOneSaysItInItsPlanAndWritesAllRows() {
    create("id BIGINT, p FLOAT");
    for (String statement : List.of("INSERT INTO ", "INSERT OVERWRITE ")) {
      String insert =
          statement + table + " SELECT id, sigmoid(logit_a) AS p FROM scored_logits WHERE id > 0";
      String text = explained(insert);
      assertTrue(text.contains(REASON), text);
      spark().sql(insert);
      assertEquals(List.of("[1,0.5]", "[2,0.7310586]"), rows());
    }
    String others = explained("INSERT INTO " + table + " SELECT id, logit_a FROM scored_logits");
    assertTrue(!others.contains("Sigmax"), others);
  }
}
