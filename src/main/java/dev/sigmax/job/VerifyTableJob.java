package dev.sigmax.job;

import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.spark.SessionSettings;
import dev.sigmax.table.catalog.TableCatalog;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Answers from a table's history whether a run is in it, and reads the run's files back. */
public final class VerifyTableJob {
  private final SparkSession spark;
  private final String table;
  private final String runId;

  /** A verification of the run {@code runId} in {@code table}. */
  public VerifyTableJob(SparkSession spark, String table, String runId) {
    this.spark = spark;
    this.table = table;
    this.runId = runId;
  }

  /**
   * The run, when everything is as it should be.
   *
   * @throws dev.sigmax.error.DifferenceException where it is not
   * @throws dev.sigmax.error.InputException where there is no such table
   */
  public VerifiedInTable run() throws IOException {
    return FailureExplainer.explained(
        new Path("/" + table),
        () ->
            new TracedRun(spark, SessionSettings.hadoop(spark), table, runId)
                .verified(TableCatalog.runs(spark, table).withRunId(runId)));
  }
}
