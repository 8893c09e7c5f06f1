package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.Task;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A job as a person means it: every setting in its type, defaults filled in where they do not
 * depend on the data, contradictions refused. What is empty is left to the data.
 *
 * @param source files, or a table
 * @param destination a folder, or a table
 * @param rawLayout what the numbers of a row are
 * @param labels class names; empty for what the columns say
 * @param classes how many logits a row has; empty for what the data says
 * @param keep columns to carry through; empty for all that are not logits
 * @param allowMissing kept columns that some files may lack; empty for none
 * @param layout empty for as the input
 * @param precision empty for as the input
 * @param calibration the path of a calibration; empty for none
 * @param sumTolerance empty for what is promised
 * @param runId empty for one derived from the run
 * @param incremental whether the output grows, run by run, by what is new in the inputs
 * @param added columns beside the probabilities
 * @param thresholds what the prediction goes by; nothing for a multiclass task
 * @param comparison the earlier run to compare with; empty for none
 */
public record JobSpec(
    Source source,
    Destination destination,
    Task task,
    ColumnChoice logits,
    RawLayout rawLayout,
    Optional<List<String>> labels,
    Optional<Integer> classes,
    Optional<ColumnChoice> keep,
    Optional<ColumnChoice> allowMissing,
    Optional<Layout> layout,
    Optional<Precision> precision,
    double temperature,
    Optional<String> calibration,
    OnBadRow onBadRow,
    BadRowLimit maxBadRows,
    NonFinite nonFinite,
    Optional<Double> sumTolerance,
    Codec codec,
    Optional<String> runId,
    boolean replace,
    boolean incremental,
    boolean dryRun,
    Engine engine,
    AddedColumns added,
    Thresholds thresholds,
    Optional<Comparison> comparison,
    boolean report) {
  /** The job that the settings describe. */
  public static JobSpec of(JobSettings settings) {
    return new JobSpecReader(settings).read();
  }

  /**
   * The paths and globs that the job reads.
   *
   * @throws UsageException where it reads a table: what asks is for files alone
   */
  public List<String> inputs() {
    if (source instanceof Source.Table table) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "the job reads the table "
              + table.name()
              + ", and this is for jobs that read files. Name files as the input.");
    }
    return ((Source.Paths) source).paths();
  }

  /**
   * The folder that the job publishes.
   *
   * @throws UsageException where it publishes to a table: what asks is for folders alone
   */
  public String output() {
    if (destination instanceof Destination.Table table) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "the job publishes to the table "
              + table.name()
              + ", and this is for jobs that publish a folder. Ask verify --table "
              + table.name()
              + " --run-id ID whether a run is in the table.");
    }
    return ((Destination.Folder) destination).path();
  }

  /** A constant as it stands in a job file. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
