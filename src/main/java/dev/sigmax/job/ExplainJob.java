package dev.sigmax.job;

import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitReader;
import dev.sigmax.input.Snapshot;
import dev.sigmax.input.SnapshotReader;
import dev.sigmax.job.plan.OutputColumns;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.RunDifferences;
import dev.sigmax.job.run.FailureExplainer;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.job.run.ScoredRows;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.parquet.footer.Footers;
import dev.sigmax.report.ScoresText;
import dev.sigmax.report.TextTable;
import dev.sigmax.spark.SessionSettings;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Shows rows of a published run that a condition picks: what was kept, what was written, and the
 * logits that it came of, which the same condition picks in the run's input.
 */
public final class ExplainJob {
  private static final int MOST_ROWS = 3;
  private static final int MOST_PROBABILITIES = 20;

  private final SparkSession spark;
  private final Configuration configuration;
  private final Path output;
  private final String where;

  /** An explanation of the rows of the run at {@code output} that satisfy {@code where}. */
  public ExplainJob(SparkSession spark, String output, String where) {
    this.spark = RunSession.open(spark);
    this.configuration = SessionSettings.hadoop(this.spark);
    this.output = OutputPath.output(output, configuration);
    this.where = where;
  }

  /** The explanation, for a terminal. */
  public String run() throws IOException {
    return FailureExplainer.explained(output, () -> RunSession.active(spark, this::explain));
  }

  private String explain() throws IOException {
    Manifest manifest =
        ManifestFile.read(output, configuration)
            .orElseThrow(
                () ->
                    new InputException(
                        "no run is published at " + output + ". To explain scores, type numbers."));
    StringBuilder text = new StringBuilder();
    boolean found =
        describe(text, manifest.output(), "in run " + manifest.runId())
            || describe(
                text, manifest.quarantine(), "in the quarantine of run " + manifest.runId());
    if (!found) {
      throw new InputException("no row of " + output + " satisfies --where " + where + ".");
    }
    text.append('\n');
    explainLogits(text, manifest);
    return text.toString();
  }

  private boolean describe(StringBuilder text, Manifest.Output part, String where)
      throws IOException {
    if (part == null || part.rows() == 0) {
      return false;
    }
    String[] files =
        part.files().stream()
            .map(file -> new Path(output, file.path()).toString())
            .toArray(String[]::new);
    return describe(text, where, picked(spark.read().parquet(files), "the output " + output));
  }

  private Dataset<Row> picked(Dataset<Row> rows, String what) {
    try {
      return rows.where(where);
    } catch (Exception e) {
      // Spark throws it though its methods do not declare it.
      if (e instanceof AnalysisException) {
        String message = String.valueOf(e.getMessage());
        throw new UsageException(
            "--where "
                + where
                + " cannot be asked of "
                + what
                + ": "
                + message.lines().findFirst().orElse(message)
                + " Its columns: "
                + String.join(", ", rows.columns())
                + ".",
            e);
      }
      throw e;
    }
  }

  private boolean describe(StringBuilder text, String place, Dataset<Row> picked) {
    List<Row> rows = picked.limit(MOST_ROWS).collectAsList();
    if (rows.isEmpty()) {
      return false;
    }
    long count = rows.size() < MOST_ROWS ? rows.size() : picked.count();
    text.append(count > rows.size() ? "the first " + rows.size() + " of " : "")
        .append(count == 1 ? "the row " : count + " rows ")
        .append(place)
        .append(" where ")
        .append(where)
        .append('\n');
    rows.forEach(row -> text.append('\n').append(columns(row)));
    return true;
  }

  private static String columns(Row row) {
    TextTable table = new TextTable();
    int probabilities = 0;
    for (int i = 0; i < row.size(); i++) {
      String name = row.schema().fieldNames()[i];
      probabilities += name.startsWith(OutputColumns.PROBABILITY) ? 1 : 0;
      if (!name.startsWith(OutputColumns.PROBABILITY) || probabilities <= MOST_PROBABILITIES) {
        table.row(name, String.valueOf(row.get(i)));
      }
    }
    return table.text("  ");
  }

  private void explainLogits(StringBuilder text, Manifest manifest) throws IOException {
    JobSpec spec = PublishedJob.spec(manifest, output.toString());
    Snapshot snapshot;
    List<String> differences;
    try {
      snapshot = SnapshotReader.read(spec.inputs(), configuration);
      differences = RunDifferences.ofInputs(manifest, snapshot);
    } catch (InputException gone) {
      text.append("Its logits cannot be shown: ").append(gone.getMessage()).append('\n');
      return;
    }
    if (!differences.isEmpty()) {
      text.append("Its logits cannot be shown: ").append(differences.get(0)).append('\n');
      return;
    }
    InputTable table = Planner.table(spec, snapshot, Footers.read(spark, snapshot.paths()));
    RunSession.fitReader(spark, table);
    Dataset<Row> picked = picked(LogitReader.read(spark, table), "the input of the run");
    List<Row> logits =
        picked
            .select(ScoredRows.logits(table, picked, DataTypes.DoubleType))
            .limit(MOST_ROWS)
            .collectAsList();
    List<String> names = PublishedJob.logitNames(manifest);
    for (Row row : logits) {
      text.append("from its logits");
      if (spec.temperature() != 1) {
        text.append(", divided by the temperature ").append(spec.temperature());
      }
      text.append('\n');
      if (row.isNullAt(0) || row.getList(0).isEmpty() || row.getList(0).contains(null)) {
        text.append("  ").append(row.isNullAt(0) ? "null" : row.getList(0)).append('\n');
        continue;
      }
      double[] scores =
          row.<Double>getList(0).stream().mapToDouble(z -> z / spec.temperature()).toArray();
      text.append(
              scores.length == names.size() ? ScoresText.of(names, scores) : ScoresText.of(scores))
          .append('\n');
    }
  }
}
