package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.execution.ui.SQLExecutionUIData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** EXPLAIN of statements whose write Spark plans only when it runs. */
class ExplainedWriteTest extends JobTest {
  private static final String SCORES = "SELECT id % 3 AS id, sigmoid(logit_a) AS p FROM explained";
  private static final String KEPT_SCORES = "SELECT id, sigmoid(logit_a) AS p FROM explained";
  private static final String TITLE = "== Sigmax: the write, as it is planned when it runs ==";

  @BeforeEach
  void fill() {
    String file =
        input(
                "a.parquet",
                "SELECT i AS id, i::FLOAT AS logit_a, (-i)::FLOAT AS logit_b FROM range(50) t(i)")
            .toString();
    spark().read().parquet(file).createOrReplaceTempView("explained");
  }

  @AfterEach
  void clear() {
    spark().catalog().dropTempView("explained");
    spark().conf().unset("spark.sigmax.columnar.enabled");
  }

  private static String explained(String statement) {
    return spark().sql("EXPLAIN " + statement).collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.joining("\n"));
  }

  /** What is told of the write. */
  private static String write(String statement) {
    assertTrue(explained(statement).startsWith("== Physical Plan ==\nExecute "), statement);
    return writeBehind(statement);
  }

  private static String writeBehind(String statement) {
    String text = explained(statement);
    assertTrue(text.contains(TITLE), text);
    return text.substring(text.indexOf(TITLE));
  }

  @Test
  void aTableThatIsCreatedOfScoresIsWrittenByColumns() {
    String write = write("CREATE TABLE made USING parquet AS " + KEPT_SCORES);
    assertTrue(write.contains("\nSigmaxColumnarWrite\n+- SigmaxColumnarScore [id#"), write);
    assertTrue(write.contains("FileScan parquet"), write);
    assertFalse(write.contains("SigmaxByRows"), write);
    assertFalse(spark().catalog().tableExists("made"), "EXPLAIN made the table");
  }

  @Test
  void whatItSaysOfACreatedTableIsWhatTheWriteDoes() {
    String create = "CREATE TABLE made_of_scores USING parquet AS ";
    for (String filter : List.of("", " WHERE id > 7")) {
      String write = write(create + KEPT_SCORES + filter);
      spark().sql(create + KEPT_SCORES + filter);
      try {
        String files =
            spark().table("made_of_scores").inputFiles()[0].replaceFirst("[^/]*$", "*.parquet");
        boolean columnar =
            !DuckDb.rows(
                    "SELECT value FROM parquet_kv_metadata('"
                        + files.replaceFirst("^file:/*", "/")
                        + "') WHERE key = 'sigmax.engine'")
                .isEmpty();
        assertEquals(columnar, write.contains("SigmaxColumnarWrite"), write);
        assertEquals(filter.isEmpty(), columnar, write);
      } finally {
        spark().sql("DROP TABLE made_of_scores");
      }
    }
  }

  @Test
  void aDirectoryThatIsWrittenIsExplainedToo() {
    String insert = "INSERT OVERWRITE DIRECTORY '" + out() + "' USING parquet ";
    String columnar = write(insert + KEPT_SCORES);
    assertTrue(columnar.contains("\nSigmaxColumnarWrite\n"), columnar);
    String rows = write(insert + SCORES);
    assertTrue(rows.contains("SigmaxByRows because it computes "), rows);
    assertFalse(out().toFile().exists(), "EXPLAIN wrote the directory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      quoteCharacter = '"',
      value = {
        "USING parquet PARTITIONED BY (id):the output is partitioned or bucketed",
        "USING parquet CLUSTERED BY (id) INTO 2 BUCKETS:the output is partitioned or bucketed",
        "USING json:the output is not Parquet",
        "USING parquet OPTIONS ('maxRecordsPerFile' '7'):maxRecordsPerFile is 7"
      })
  void ofATableThatRowsAreWrittenToItSaysWhy(String format, String reason) {
    String write = write("CREATE TABLE made " + format + " AS " + KEPT_SCORES);
    assertTrue(write.contains("SigmaxByRows because " + reason + "\n"), write);
  }

  @Test
  void anInsertThatIsPlannedAdaptivelyIsExplainedOnceMore() {
    spark().sql("CREATE TABLE filled (id BIGINT, p FLOAT) USING parquet");
    try {
      for (String query :
          List.of(
              KEPT_SCORES + " ORDER BY id",
              KEPT_SCORES + " LIMIT 7",
              "SELECT /*+ REPARTITION(3) */ id, sigmoid(logit_a) AS p FROM explained",
              "SELECT a.id, sigmoid(a.logit_a) AS p FROM explained a JOIN explained b USING (id)")) {
        for (String into : List.of("INTO", "OVERWRITE")) {
          String write = writeBehind("INSERT " + into + " filled " + query);
          assertTrue(write.contains("\n+- SigmaxByRows because there is "), write);
        }
      }
      String shown = explained("INSERT INTO filled " + KEPT_SCORES);
      assertTrue(shown.contains("SigmaxColumnarWrite") && !shown.contains(TITLE), shown);
      String unscored = explained("INSERT INTO filled SELECT id, 1 FROM explained ORDER BY id");
      assertFalse(unscored.contains("Sigmax"), unscored);
    } finally {
      spark().sql("DROP TABLE filled");
    }
  }

  @Test
  void theSettingThatTurnsColumnsOffIsAReason() {
    spark().conf().set("spark.sigmax.columnar.enabled", "false");
    String write = write("CREATE TABLE made USING parquet AS " + KEPT_SCORES);
    assertTrue(
        write.contains(
            "SigmaxByRows because the setting spark.sigmax.columnar.enabled is not true"),
        write);
  }

  @Test
  void statementsWithoutScoresAreExplainedAsSparkDoes() {
    for (String statement :
        List.of(
            "CREATE TABLE made USING parquet AS SELECT id FROM explained",
            "INSERT OVERWRITE DIRECTORY '" + out() + "' USING parquet SELECT id FROM explained",
            "CREATE TABLE made USING json AS SELECT id FROM explained",
            KEPT_SCORES,
            "SHOW TABLES")) {
      assertFalse(explained(statement).contains("Sigmax"), statement);
    }
  }

  @Test
  void aStatementThatCannotBePlannedFailsAsSparkSays() {
    String text = explained("CREATE TABLE made USING parquet AS SELECT nothing FROM explained");
    assertTrue(text.contains("UNRESOLVED_COLUMN"), text);
    assertFalse(text.contains("Sigmax"), text);
  }

  @Test
  void allModesOfExplainSayIt() {
    for (String mode : List.of("EXTENDED", "FORMATTED", "COST", "CODEGEN")) {
      String text = explained(mode + " CREATE TABLE made USING parquet AS " + KEPT_SCORES);
      assertTrue(text.contains("SigmaxColumnarWrite"), mode + ": " + text);
    }
  }

  @Test
  void aSinkWithItsOwnWriterShowsThatItTakesRows() throws Exception {
    spark().sql(KEPT_SCORES).write().format("noop").mode("overwrite").save();
    spark().sparkContext().listenerBus().waitUntilEmpty();
    SQLExecutionUIData execution = spark().sharedState().statusStore().executionsList().last();
    String plan = execution.physicalPlanDescription();
    assertTrue(
        plan.contains("Reason: the table's format has a writer of its own, which takes rows"),
        plan);
  }
}
