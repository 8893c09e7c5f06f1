package dev.sigmax.job.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitReader;
import dev.sigmax.input.Preflight;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.input.column.ReadRequest;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.JobTest;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Layout;
import dev.sigmax.job.spec.Precision;
import dev.sigmax.parquet.footer.Footers;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ScoredRowsTest extends JobTest {
  private static final String ALL_ADDED = "prediction,confidence,top_k=2,margin,entropy";

  private static JobSpec spec(Layout layout, Precision precision, String added) {
    return JobSpec.of(
        new JobSettings(
            Map.of(
                JobKey.OUTPUT,
                "out",
                JobKey.TASK,
                "multiclass",
                JobKey.LAYOUT,
                JobSpec.lower(layout),
                JobKey.PRECISION,
                JobSpec.lower(precision),
                JobKey.ADD,
                added,
                JobKey.ON_BAD_ROW,
                "quarantine"),
            Map.of(JobKey.INPUT, List.of("in"))));
  }

  private ScoringPlan plan(JobSpec spec) {
    Configuration configuration = spark().sessionState().newHadoopConf();
    Snapshot snapshot = SnapshotReader.read(List.of(in().toString()), configuration);
    InputTable table =
        Preflight.check(
            snapshot,
            Footers.read(spark(), List.of(snapshot.files().get(0).path())),
            ReadRequest.ofLogits(new ColumnChoice.Text("logit_*")));
    return Planner.plan(configuration, spec, table);
  }

  private ScoredRows scored(Layout layout) {
    ScoringPlan plan = plan(spec(layout, Precision.DOUBLE, ALL_ADDED));
    return ScoredRows.of(plan, LogitReader.read(RunSession.open(spark()), plan.table()));
  }

  /** Spark would gladly copy a function into a filter and into each column made from its result. */
  @Test
  void eachRowIsScoredOnce() {
    input("a.parquet", THREE_ROWS);
    for (Layout layout : Layout.values()) {
      ScoredRows scored = scored(layout);
      for (Dataset<Row> rows :
          List.of(scored.output(true), scored.output(false), scored.badRows())) {
        for (String plan :
            List.of(
                rows.queryExecution().optimizedPlan().toString(),
                rows.queryExecution().sparkPlan().toString())) {
          assertEquals(2, plan.split("static_invoke\\(", -1).length, plan);
        }
      }
    }
  }

  /** Names, types, what may be null, and their order: both paths write the same files. */
  @Test
  void theNodeOfTheColumnarPathHasTheSameColumns() {
    input("a.parquet", THREE_ROWS);
    SparkSession session = RunSession.open(spark());
    for (Layout layout : Layout.values()) {
      for (Precision precision : Precision.values()) {
        for (String added : List.of("confidence", ALL_ADDED)) {
          ScoringPlan plan = plan(spec(layout, precision, added));
          Dataset<Row> read = LogitReader.read(session, plan.table());
          assertEquals(
              ScoredRows.of(plan, read).output(true).schema(),
              ColumnarOutput.of(plan, read).schema());
        }
      }
    }
  }
}
