package dev.sigmax.job.incremental;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UserException;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.CalibrationFile;
import dev.sigmax.job.plan.EffectiveJob;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.RunDifferences;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Layout;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.parquet.footer.Footers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the rows of a new run can stand beside those of an earlier one: the same columns, of the
 * same types, that mean the same.
 */
final class JobChanges {
  private static final Logger LOG = LoggerFactory.getLogger(JobChanges.class);

  /** They change neither a column nor what it means; columns are read by name. */
  private static final List<JobKey> FREE =
      List.of(JobKey.CODEC, JobKey.ENGINE, JobKey.MAX_BAD_ROWS, JobKey.ALLOW_MISSING);

  private JobChanges() {}

  /**
   * What sets a job apart from the last run, a sentence each; none where no file of that run is in
   * the input any more. Reads the footers of those that are. Where some went, what only the files
   * tell may be told otherwise by the rest and is no change; where the rest do not even make a plan
   * a warning says that the job was not compared.
   */
  static List<String> sinceLast(
      NumberedRuns runs, JobSpec spec, Snapshot now, Configuration configuration) {
    if (runs.last().isEmpty()) {
      return List.of();
    }
    NumberedRuns.Run last = runs.last().get();
    SeenFiles seen = new SeenFiles(runs);
    Set<String> paths =
        now.files().stream()
            .filter(file -> seen.of(file) != null && seen.of(file).run().number() == last.number())
            .map(InputFile::path)
            .collect(Collectors.toSet());
    if (paths.isEmpty()) {
      return List.of();
    }
    Snapshot scored = now.only(paths);
    if (paths.size() == last.manifest().input().files().size()) {
      return since(last.manifest(), plan(runs, spec, scored, configuration));
    }
    try {
      return since(
          last.manifest(),
          plan(runs, spec, scored, configuration),
          job -> comparableInPart(job, spec));
    } catch (UserException refused) {
      if (!isOfSomeFiles(refused.name(), spec)) {
        throw refused;
      }
      LOG.warn(
          "Some files of run {} are no longer in the input, and the rest do not tell whether the"
              + " job is still the same: {}",
          last.manifest().runId(),
          refused.getMessage());
      return List.of();
    }
  }

  /**
   * Whether this may be refused of some of a run's files though all of them made a plan: only the
   * others may have had rows that tell the classes, or the column that some may lack.
   */
  private static boolean isOfSomeFiles(ErrorName refusal, JobSpec spec) {
    return refusal == ErrorName.CLASSES_UNKNOWN
        || (refusal == ErrorName.COLUMN_NOT_FOUND && spec.allowMissing().isPresent());
  }

  private static ScoringPlan plan(
      NumberedRuns runs, JobSpec spec, Snapshot scored, Configuration configuration) {
    InputTable table =
        Planner.table(spec, scored, Footers.read(scored.paths(), configuration), runs.keptTypes());
    return Planner.plan(configuration, spec, table);
  }

  /** What sets the job of a new run apart from that of an earlier one, a sentence each. */
  static List<String> since(Manifest earlier, ScoringPlan plan) {
    return since(earlier, plan, JobChanges::comparable);
  }

  private static List<String> since(
      Manifest earlier, ScoringPlan plan, UnaryOperator<Map<String, Object>> comparable) {
    List<String> changes =
        new ArrayList<>(
            RunDifferences.ofJob(
                comparable.apply(earlier.job()), comparable.apply(EffectiveJob.of(plan))));
    Map<String, String> now = keptTypes(plan);
    new TreeMap<>(earlier.incremental().keptTypes())
        .forEach(
            (column, then) -> {
              String type = now.getOrDefault(column, then);
              if (!type.equals(then)) {
                changes.add(
                    "the kept column " + column + " was " + then + " and is " + type + " now");
              }
            });
    return changes;
  }

  /** The type of each kept column, by its name in the output. */
  static Map<String, String> keptTypes(ScoringPlan plan) {
    Map<String, String> types = new LinkedHashMap<>();
    for (String column : plan.table().kept()) {
      String type =
          plan.table().snapshot().partitionColumns().contains(column)
              ? "string"
              : plan.table().columns().apply(column).dataType().catalogString();
      types.put(plan.table().outputName(column), type);
    }
    return types;
  }

  private static Map<String, Object> comparable(Map<String, Object> effective) {
    Map<String, Object> job = new LinkedHashMap<>(effective);
    FREE.forEach(key -> job.remove(key.key()));
    put(job, JobKey.KEEP, strings(job, JobKey.KEEP).stream().sorted().toList());
    if (job.get(JobKey.CALIBRATION.key()) instanceof Map<?, ?> calibration) {
      // Its contents count, wherever they lie.
      Map<Object, Object> contents = new LinkedHashMap<>(calibration);
      contents.remove(CalibrationFile.PATH);
      put(job, JobKey.CALIBRATION, contents);
    }
    if (isFreeInOrder(job)) {
      List<String> logits = strings(job, JobKey.LOGITS);
      List<String> labels = strings(job, JobKey.LABELS);
      List<Integer> order =
          IntStream.range(0, logits.size())
              .boxed()
              .sorted(Comparator.comparing(logits::get))
              .toList();
      put(job, JobKey.LOGITS, order.stream().map(logits::get).toList());
      put(job, JobKey.LABELS, order.stream().map(labels::get).toList());
    }
    return job;
  }

  /**
   * The same for the job on some of a run's files: without what the job leaves to the sampled rows
   * of all of them, and to the order of columns in the first.
   */
  private static Map<String, Object> comparableInPart(Map<String, Object> effective, JobSpec spec) {
    Map<String, Object> job = comparable(effective);
    boolean orderOfFiles = spec.logits() instanceof ColumnChoice.Text chosen && chosen.isGlob();
    if (orderOfFiles) {
      put(job, JobKey.LOGITS, strings(job, JobKey.LOGITS).stream().sorted().toList());
    }
    boolean toldByFiles = orderOfFiles || strings(job, JobKey.LOGITS).size() == 1;
    if (spec.labels().isEmpty() && toldByFiles) {
      job.remove(JobKey.LABELS.key());
      if (spec.classes().isEmpty()) {
        job.remove(JobKey.CLASSES.key());
      }
    }
    if (spec.sumTolerance().isEmpty()) {
      job.remove(JobKey.SUM_TOLERANCE.key());
    }
    return job;
  }

  /** Whether each class has a column of its own, so that their order shows in no value. */
  private static boolean isFreeInOrder(Map<String, Object> job) {
    Object task = job.get(JobKey.TASK.key());
    return !JobSpec.lower(Layout.ARRAY).equals(job.get(JobKey.LAYOUT.key()))
        && (JobSpec.lower(Task.MULTICLASS).equals(task)
            || (JobSpec.lower(Task.MULTILABEL).equals(task) && !job.containsKey(JobKey.ADD.key())))
        && strings(job, JobKey.LOGITS).size() == strings(job, JobKey.LABELS).size();
  }

  private static List<String> strings(Map<String, Object> job, JobKey key) {
    return job.get(key.key()) instanceof List<?> values
        ? values.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static void put(Map<String, Object> job, JobKey key, Object value) {
    job.put(key.key(), value);
  }
}
