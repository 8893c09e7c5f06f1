package dev.sigmax.job;

import dev.sigmax.error.Causes;
import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitReader;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.run.PublishedJob;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.job.run.ScoredRows;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.publish.AwaitedRun;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.parquet.footer.Footers;
import dev.sigmax.report.RowText;
import dev.sigmax.spark.LiteralPaths;
import dev.sigmax.spark.SessionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Shows rows of a published run that a condition picks. The run's input is scored again as the run
 * scored it, which gives the same bits and has the logits; where the input is no longer as it was,
 * rows are shown as they were published.
 */
public final class ExplainJob {
  private static final int MOST_ROWS = 3;
  private static final String LOGITS = "sigmax_logits";

  /**
   * What SQLSTATEs begin with where a query meets values that it cannot take: more rows than one,
   * no number, a division by zero, an error that the query itself raises.
   */
  private static final List<String> FAULTS_OF_CONDITIONS = List.of("21", "22", "P0");

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

  /**
   * The explanation, for a terminal; {@link InputException} where no row satisfies the condition.
   */
  public String run() throws IOException {
    // By the settings of the thread's session Spark makes rows of what it finds.
    Option<SparkSession> before = SparkSession.getActiveSession();
    SparkSession.setActiveSession(spark);
    try {
      return FailureExplainer.explained(output, this::explain);
    } finally {
      if (before.isDefined()) {
        SparkSession.setActiveSession(before.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }

  private String explain() throws IOException {
    NumberedRuns.refuse(output, configuration);
    Manifest manifest =
        AwaitedRun.require(output, configuration, " To explain scores, type numbers.");
    PublishedJob.Input input = PublishedJob.input(manifest, configuration);
    if (input instanceof PublishedJob.Input.Gone gone) {
      return published(manifest) + "\nIts logits cannot be shown: " + gone.why() + "\n";
    }
    return scoredAgain(manifest, ((PublishedJob.Input.Unchanged) input).snapshot());
  }

  private String scoredAgain(Manifest manifest, Snapshot snapshot) {
    JobSpec spec = PublishedJob.spec(manifest, output.toString());
    Map<String, String> keptTypes =
        Optional.ofNullable(manifest.incremental())
            .map(Manifest.Incremental::keptTypes)
            .orElse(Map.of());
    InputTable table =
        Planner.table(spec, snapshot, Footers.read(spark, snapshot.paths()), keptTypes);
    ScoringPlan plan = Planner.plan(configuration, spec, table, PublishedJob.calibration(manifest));
    Dataset<Row> rows = LogitReader.read(RunSession.forReading(spark, table), table);
    Dataset<Row> picked =
        earlyPick(plan, rows)
            .map(few -> ScoredRows.of(plan, few).withLogits(LOGITS))
            .orElseGet(() -> picked(ScoredRows.of(plan, rows).withLogits(LOGITS)));
    List<Row> found = some(picked);
    RowText text = new RowText(plan.rule(), spec.rawLayout(), plan.labels(), plan.outputColumns());
    return head(manifest, count(picked, found))
        + String.join("", found.stream().map(text::of).toList());
  }

  /** Rows that satisfy a condition on input columns alone, so that no others have to be scored. */
  private Optional<Dataset<Row>> earlyPick(ScoringPlan plan, Dataset<Row> rows) {
    List<String> read = new ArrayList<>(List.of(rows.columns()));
    read.removeAll(plan.table().kept());
    if (!Collections.disjoint(read, plan.outputColumns())) {
      return Optional.empty();
    }
    try {
      return Optional.of(rows.where(where));
    } catch (Exception e) {
      // Spark throws it though its methods do not declare it.
      if (e instanceof AnalysisException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String published(Manifest manifest) {
    String[] files =
        Stream.of(manifest.output(), manifest.quarantine())
            .filter(part -> part != null && part.rows() > 0)
            .flatMap(part -> part.files().stream())
            .map(file -> new Path(output, file.path()).toString())
            .toArray(String[]::new);
    if (files.length == 0) {
      throw noRow();
    }
    Dataset<Row> picked =
        picked(LiteralPaths.reader(spark).option("mergeSchema", true).parquet(files));
    List<Row> found = some(picked);
    return head(manifest, count(picked, found))
        + String.join("", found.stream().map(row -> "\n" + RowText.columns(row)).toList());
  }

  private Dataset<Row> picked(Dataset<Row> rows) {
    try {
      return rows.where(where);
    } catch (Exception e) {
      // Spark throws it though its methods do not declare it.
      if (!(e instanceof AnalysisException)) {
        throw e;
      }
      throw cannotBeAsked(
          e,
          " Their columns: "
              + FewNames.of(Stream.of(rows.columns()).filter(n -> !n.equals(LOGITS)).toList())
              + ".",
          e);
    }
  }

  /** What picked rows answer: a condition may also fail on the values that it meets. */
  private <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (Exception e) {
      // Spark throws checked exceptions that its methods do not declare.
      Optional<Throwable> ofCondition =
          Causes.chain(e).filter(ExplainJob::isOfTheCondition).findFirst();
      if (ofCondition.isEmpty()) {
        throw e;
      }
      throw cannotBeAsked(ofCondition.get(), "", e);
    }
  }

  private static boolean isOfTheCondition(Throwable cause) {
    return cause instanceof SparkThrowable spark
        && spark.getSqlState() != null
        && FAULTS_OF_CONDITIONS.stream().anyMatch(spark.getSqlState()::startsWith);
  }

  private UsageException cannotBeAsked(Throwable why, String hint, Exception failure) {
    String message = String.valueOf(why.getMessage());
    return new UsageException(
        ErrorName.WHERE_CONDITION,
        "--where "
            + where
            + " cannot be asked of the rows of "
            + output
            + ": "
            + message.lines().filter(line -> !line.isBlank()).findFirst().orElse(message)
            + hint,
        failure);
  }

  private List<Row> some(Dataset<Row> picked) {
    List<Row> rows = asked(() -> picked.limit(MOST_ROWS).collectAsList());
    if (rows.isEmpty()) {
      throw noRow();
    }
    return rows;
  }

  private InputException noRow() {
    return new InputException(
        ErrorName.NO_ROW_FOUND, "no row of " + output + " satisfies --where " + where + ".");
  }

  private long count(Dataset<Row> picked, List<Row> found) {
    return found.size() < MOST_ROWS ? found.size() : asked(picked::count);
  }

  private String head(Manifest manifest, long count) {
    return (count > MOST_ROWS ? "the first " + MOST_ROWS + " of " : "")
        + (count == 1 ? "the row" : Counted.of(count, "row"))
        + " of run "
        + manifest.runId()
        + " at "
        + output
        + " where "
        + where
        + "\n";
  }
}
