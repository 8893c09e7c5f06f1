package dev.sigmax.job.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitReader;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.JobTest;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.job.run.ScoredRows;
import dev.sigmax.job.spec.Engine;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.ProbabilityWriter;
import dev.sigmax.parquet.footer.Footers;
import dev.sigmax.testing.DuckDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What is heard of the rows of a write while it is under way. */
class WriteProgressTest extends JobTest {
  private static final long ROWS = 2000;
  private static final String WRITE = "the write of this test";

  /** Makes rows some of which are bad; how many, as DuckDB counts them. */
  private long badRows() {
    input(
        "a.parquet",
        "SELECT 1::FLOAT AS logit_a, CASE WHEN i % 13 = 5 THEN NULL WHEN i % 17 = 6 THEN"
            + " 'NaN'::FLOAT ELSE i::FLOAT END AS logit_b FROM range("
            + ROWS
            + ") t(i)");
    return (Long)
        DuckDb.rows(
                "SELECT count(*) FROM '"
                    + in()
                    + "/*.parquet' WHERE logit_b IS NULL OR isnan(logit_b)")
            .get(0)
            .get(0);
  }

  /** What was heard last of a write by a path, and of no other job beside it. */
  private RowsDone heard(Engine path, boolean withBadRows, SeenBadRows seen) throws Exception {
    Configuration configuration = spark().sessionState().newHadoopConf();
    JobSpec spec =
        JobSpec.of(
            new JobSettings(
                Map.of(JobKey.OUTPUT, "out", JobKey.TASK, "multiclass"),
                Map.of(JobKey.INPUT, List.of(in().toString()))));
    Snapshot snapshot = SnapshotReader.read(List.of(in().toString()), configuration);
    InputTable table = Planner.table(spec, snapshot, Footers.read(spark(), snapshot.paths()));
    ScoringPlan plan = Planner.plan(configuration, spec, table);
    SparkSession session = RunSession.forScoring(spark(), plan, path, Map.of());
    Dataset<Row> output = ScoredRows.of(plan, LogitReader.read(session, table)).output(withBadRows);

    SparkContext context = spark().sparkContext();
    List<RowsDone> heard = new ArrayList<>();
    WriteProgress listener =
        new WriteProgress(
            WRITE,
            ROWS,
            seen,
            new Progress() {
              @Override
              public void phase(String what) {}

              @Override
              public void rows(RowsDone done) {
                heard.add(done);
              }
            });
    context.addSparkListener(listener);
    try {
      write(output, "another");
      context.setLocalProperty(WriteProgress.WRITE, WRITE);
      write(output, "own");
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.setLocalProperty(WriteProgress.WRITE, null);
      context.removeSparkListener(listener);
    }
    return heard.get(heard.size() - 1);
  }

  private void write(Dataset<Row> output, String folder) {
    ProbabilityWriter.write(output, new Path(path(folder)), "snappy");
  }

  @Test
  void theColumnarPathCountsBadRows() throws Exception {
    long bad = badRows();
    assertEquals(
        new RowsDone(ROWS, ROWS, OptionalLong.of(bad), ROWS),
        heard(Engine.COLUMNAR, true, SeenBadRows.COUNTED));
  }

  @Test
  void rowsForTheQuarantineAreReadAndNotWritten() throws Exception {
    long bad = badRows();
    assertEquals(
        new RowsDone(ROWS, ROWS - bad, OptionalLong.of(bad), ROWS),
        heard(Engine.ROW, false, SeenBadRows.LEFT_OUT));
  }

  @Test
  void theRowPathWritesThemLikeOthers() throws Exception {
    badRows();
    assertEquals(
        new RowsDone(ROWS, ROWS, OptionalLong.empty(), ROWS),
        heard(Engine.ROW, true, SeenBadRows.NOT_YET));
  }
}
