package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** EXPLAIN of a session's own writes to Delta's tables, which Spark leaves to them. */
class ExplainedDeltaWriteTest extends DeltaTest {
  private static final String REASON =
      "SigmaxByRows because the table's format has a writer of its own, which takes rows";
  private static final String SCORES = " SELECT id, sigmoid(logit_a) AS p FROM scored_logits";

  @BeforeEach
  void fill() {
    String file =
        input("a.parquet", "SELECT i AS id, (i - 1)::FLOAT AS logit_a FROM range(3) t(i)")
            .toString();
    delta.read().parquet(file).createOrReplaceTempView("scored_logits");
  }

  private String explained(String statement) {
    return delta.sql("EXPLAIN " + statement.replace("%s", table)).first().getString(0);
  }

  private List<String> written() {
    return delta.table(table).orderBy("id").collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void aTableThatIsCreatedOfScoresIsWrittenByRows() {
    String create = "CREATE TABLE %s USING delta AS" + SCORES;
    String text = explained(create);
    assertTrue(text.contains(REASON), text);
    sql(create);
    assertEquals(List.of("[0,0.26894143]", "[1,0.5]", "[2,0.7310586]"), written());
  }

  @Test
  void anInsertIntoOneIsWrittenByRows() {
    create("id BIGINT, p FLOAT");
    String insert = "INSERT INTO %s" + SCORES + " WHERE id > 0";
    String text = explained(insert);
    assertTrue(text.contains(REASON), text);
    assertEquals(List.of(), written());
    sql(insert);
    assertEquals(List.of("[1,0.5]", "[2,0.7310586]"), written());
    assertFalse(
        explained("INSERT INTO %s SELECT id, logit_a FROM scored_logits").contains("Sigmax"));
  }

  @Test
  void aParquetTableOfThatSessionIsWrittenByColumns() {
    String text = explained("CREATE TABLE %s_as_files USING parquet AS" + SCORES);
    assertTrue(text.contains("SigmaxColumnarWrite"), text);
  }
}
