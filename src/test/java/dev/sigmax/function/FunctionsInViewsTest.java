package dev.sigmax.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.Reference;
import dev.sigmax.testing.SparkTest;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Views, tables and SQL functions over our functions. */
class FunctionsInViewsTest extends SparkTest {
  private final SparkSession session = spark().newSession();
  private final List<String> leftovers = new ArrayList<>();

  @BeforeEach
  void table() {
    EachCall.table(session, folder);
  }

  @AfterEach
  void dropPermanentObjects() {
    leftovers.forEach(statement -> session.sql(statement));
  }

  private Row first(SparkSession session, String query) {
    return session.sql(query).first();
  }

  @Test
  void temporaryViewsHaveColumnsOfTheCallsNames() {
    session.sql(
        "CREATE TEMPORARY VIEW scores AS SELECT id, softmax(fs), sigmax.sigmoid("
            + "temperature => 2, logit => d) FROM (SELECT * FROM logits WHERE"
            + " sigmax.sigmoid(logit => d) IN (SELECT sigmax.sigmoid(logit => d) FROM logits))");
    Row row = first(session, "SELECT `softmax(fs)`[0], `sigmoid(d, 2)` FROM scores WHERE id = 1");
    assertEquals(Reference.softmax(0.5, 1, -0.5)[0].floatValue(), row.getFloat(0));
    assertEquals(Reference.sigmoid(0.25).doubleValue(), row.getDouble(1), Math.ulp(1.0));
  }

  @Test
  void globalTemporaryViewsServeOtherSessions() {
    leftovers.add("DROP VIEW global_temp.one_class");
    session.sql("CREATE GLOBAL TEMPORARY VIEW one_class AS SELECT argmax(array(1F, 2F))");
    Row row =
        first(spark().newSession(), "SELECT `argmax(array(1.0, 2.0))` FROM global_temp.one_class");
    assertEquals(1, row.getInt(0));
  }

  @Test
  void permanentViewsServeOtherSessions() {
    leftovers.add("DROP VIEW permanent_scores");
    session.sql(
        "CREATE VIEW permanent_scores AS SELECT softmax(array(0F, 0F)) AS p,"
            + " sigmax.sigmoid(0D) AS q");
    Row row = first(spark().newSession(), "SELECT p[0], q FROM permanent_scores");
    assertEquals(0.5F, row.getFloat(0));
    assertEquals(0.5, row.getDouble(1));
  }

  @Test
  void permanentSqlFunctionsServeOtherSessions() {
    leftovers.add("DROP FUNCTION calibrated");
    session.sql(
        "CREATE FUNCTION calibrated(z ARRAY<FLOAT>) RETURNS ARRAY<FLOAT>"
            + " RETURN softmax(z, temperature => 2)");
    Row row = first(spark().newSession(), "SELECT calibrated(array(3F, -3F))[0]");
    assertEquals(Reference.softmax(1.5, -1.5)[0].floatValue(), row.getFloat(0));
    assertEquals(
        3, session.sql("SELECT calibrated(fs) FROM logits GROUP BY calibrated(fs)").count());
  }

  @Test
  void temporarySqlFunctionsCallOurs() {
    session.sql("CREATE TEMPORARY FUNCTION yes(z DOUBLE) RETURNS DOUBLE RETURN sigmoid(z)");
    Row row =
        first(session, "SELECT yes(d), count(*) FROM logits GROUP BY yes(d) HAVING yes(d) > 0.9");
    assertEquals(Reference.sigmoid(4).doubleValue(), row.getDouble(0), Math.ulp(1.0));
  }

  @Test
  void tablesMadeOfAQueryHaveColumnsOfTheCallsNames() {
    leftovers.add("DROP TABLE scored");
    session.sql(
        "CREATE TABLE scored USING parquet AS SELECT softmax(fs), sigmax.argmax(ds) FROM logits");
    assertEquals(
        List.of("softmax(fs)", "argmax(ds)"),
        List.of(spark().newSession().table("scored").columns()));
  }

  @Test
  void aColumnsDefaultMayBeACall() {
    leftovers.add("DROP TABLE priors");
    session.sql("CREATE TABLE priors (id INT, p DOUBLE DEFAULT sigmoid(0.0)) USING parquet");
    session.sql("INSERT INTO priors (id) VALUES (1)");
    assertEquals(0.5, first(session, "SELECT p FROM priors").getDouble(0));
  }
}
