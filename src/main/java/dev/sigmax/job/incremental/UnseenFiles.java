package dev.sigmax.job.incremental;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.InputException;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.error.UserException;
import dev.sigmax.input.column.ColumnsOfEarlierRuns;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.target.Portion;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.NumberedFolder;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.output.publish.NumberedStaging;
import dev.sigmax.output.publish.Publication;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.parquet.footer.Footer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The input files that no published run under an output has seen. They go into the next number, so
 * that of two runs which have seen the same runs before them only one can publish.
 */
public final class UnseenFiles implements Portion {
  private static final Logger LOG = LoggerFactory.getLogger(UnseenFiles.class);
  private static final int MOST_NAMES = 3;

  private final JobSpec spec;
  private final Configuration configuration;
  private final NumberedRuns runs;
  private final Snapshot snapshot;
  private final int seenBefore;
  private final List<String> lost;
  private final List<String> warnings;

  private UnseenFiles(
      JobSpec spec,
      Configuration configuration,
      NumberedRuns runs,
      Snapshot snapshot,
      int seenBefore,
      List<String> lost,
      List<String> warnings) {
    this.spec = spec;
    this.configuration = configuration;
    this.runs = runs;
    this.snapshot = snapshot;
    this.seenBefore = seenBefore;
    this.lost = lost;
    this.warnings = warnings;
  }

  /**
   * Reads the manifests, then lists the inputs.
   *
   * @param output that the job names, which holds the runs
   * @throws InputException where a file was replaced, or looks renamed, after a run had seen it:
   *     whether its rows are scored already cannot be told
   * @throws OutputException where something but whole runs lies in the output; or where nothing is
   *     new and the job is not that of the last run, which no plan would tell then
   */
  public static UnseenFiles of(JobSpec spec, Path output, Configuration configuration)
      throws IOException {
    NumberedRuns runs = NumberedRuns.in(output, configuration);
    runs.requireSound();
    Snapshot all = SnapshotReader.read(spec.inputs(), configuration);
    SeenFiles seen = new SeenFiles(runs);
    List<InputFile> unseen = seen.unseen(all);
    List<NumberedRuns.Seen> vanished = seen.vanished(all);
    requireNotReplaced(seen.writtenTo(all));
    requireNotRenamed(unseen, vanished);
    if (unseen.isEmpty()) {
      requireNone(runs, JobChanges.sinceLast(runs, spec, all, configuration));
    }
    return new UnseenFiles(
        spec,
        configuration,
        runs,
        all.only(unseen.stream().map(InputFile::path).collect(Collectors.toSet())),
        all.files().size() - unseen.size(),
        runs.withoutFiles(configuration),
        warnings(unseen, vanished, seen.lastModified()));
  }

  private static void requireNotReplaced(Map<NumberedRuns.Seen, String> changes) {
    changes.entrySet().stream()
        .min((a, b) -> a.getValue().compareTo(b.getValue()))
        .ifPresent(
            first -> {
              NumberedRuns.Run run = first.getKey().run();
              throw new InputException(
                  ErrorName.INPUT_REPLACED,
                  first.getValue()
                      + ", after run "
                      + run.manifest().runId()
                      + " had scored it ("
                      + run.folder()
                      + ")"
                      + (changes.size() == 1
                          ? ". "
                          : "; and so it is with " + (changes.size() - 1) + " more. ")
                      + "Put the file back as it was and add what is new as a file of another name;"
                      + " or remove the folder of that run, whose files are then scored again as"
                      + " they are now.");
            });
  }

  private static void requireNotRenamed(List<InputFile> unseen, List<NumberedRuns.Seen> vanished) {
    Map<List<Long>, NumberedRuns.Seen> gone = new HashMap<>();
    vanished.forEach(seen -> gone.put(List.of(seen.file().bytes(), seen.file().modified()), seen));
    for (InputFile file : unseen) {
      NumberedRuns.Seen before = gone.get(List.of(file.bytes(), file.modified()));
      if (before != null) {
        throw new InputException(
            ErrorName.INPUT_RENAMED,
            "the new input "
                + file.redactedPath()
                + " has the length and the time of "
                + before.file().path()
                + ", which run "
                + before.run().manifest().runId()
                + " has scored ("
                + before.run().folder()
                + ") and which is gone: it looks renamed, and its rows would count twice. Rename it"
                + " back, or take it out of the input. If its rows are new, give it a new time"
                + " (touch).");
      }
    }
  }

  private static List<String> warnings(
      List<InputFile> unseen, List<NumberedRuns.Seen> vanished, long lastModified) {
    List<String> warnings = new ArrayList<>();
    List<String> late =
        unseen.stream()
            .filter(file -> file.modified() < lastModified)
            .map(file -> file.redactedPath())
            .toList();
    if (!late.isEmpty()) {
      warnings.add(
          Counted.of(late.size(), "file")
              + " came late, older than one that an earlier run has scored, and this run takes "
              + (late.size() == 1 ? "it: " : "them: ")
              + FewNames.of(late, MOST_NAMES));
    }
    if (!vanished.isEmpty()) {
      warnings.add(
          Counted.of(vanished.size(), "file")
              + " that earlier runs have scored "
              + (vanished.size() == 1 ? "is" : "are")
              + " no longer in the input; the rows stay in the output: "
              + FewNames.of(
                  vanished.stream().map(seen -> seen.file().path()).toList(), MOST_NAMES));
    }
    return warnings;
  }

  /** The runs that are published before this one. */
  public NumberedRuns runs() {
    return runs;
  }

  /** How many files of the inputs earlier runs have seen. */
  public int seenBefore() {
    return seenBefore;
  }

  /** Whether there is nothing to score. */
  public boolean isEmpty() {
    return snapshot.files().isEmpty();
  }

  /**
   * The runs before this one that have lost files, a sentence each: no run scores again what they
   * had seen.
   */
  public List<String> lost() {
    return lost;
  }

  /** Whether the runs under the output are no longer those that this run knows. */
  public boolean isOvertaken() throws IOException {
    return runs.areOvertaken(configuration);
  }

  /** {@inheritDoc} Their manifests are read already. */
  @Override
  public PublishedRuns beside(Configuration any) {
    return new PublishedRuns(
        runs.runs().stream()
            .map(run -> new PublishedRuns.Run(run.folder(), run.manifest()))
            .toList(),
        List.of(),
        List.of());
  }

  @Override
  public Path output() {
    return NumberedFolder.at(runs.output(), runs.next());
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  /** {@inheritDoc} Of the columns that may be missing, earlier runs know the types. */
  @Override
  public List<Footer> columns(List<Footer> footers) {
    return ColumnsOfEarlierRuns.in(footers, spec.allowMissing(), runs.keptTypes());
  }

  @Override
  public ScoringPlan admit(ScoringPlan plan) {
    if (plan.outputColumns().stream().anyMatch(NumberedFolder.COLUMN::equalsIgnoreCase)) {
      throw new UsageException(
          ErrorName.COLUMN_NAME_RESERVED,
          "the kept column "
              + NumberedFolder.COLUMN
              + " has the name of the column that the folders of an incremental output give to their"
              + " rows. Leave it out of --keep, or rename it.");
    }
    requireNone(
        runs, runs.last().map(last -> JobChanges.since(last.manifest(), plan)).orElse(List.of()));
    plan.spec().runId().ifPresent(this::requireNewRunId);
    return plan.withWarnings(Stream.concat(lost.stream(), warnings.stream()).toList());
  }

  private static void requireNone(NumberedRuns runs, List<String> changes) {
    if (!changes.isEmpty()) {
      NumberedRuns.Run last = runs.last().orElseThrow();
      throw new OutputException(
          ErrorName.JOB_CHANGED,
          "this run's rows cannot stand beside those of run "
              + last.manifest().runId()
              + " ("
              + last.folder()
              + "):\n  "
              + String.join("\n  ", changes)
              + "\nChange it back, or name another output.");
    }
  }

  private void requireNewRunId(String runId) {
    for (NumberedRuns.Run run : runs.runs()) {
      if (run.manifest().runId().equals(runId)) {
        throw new UsageException(
            ErrorName.OPTIONS_CONFLICT,
            "the run id "
                + runId
                + " is that of an earlier run ("
                + run.folder()
                + "), and there are new files for another. Name another id, or leave it out.");
      }
    }
  }

  @Override
  public Staging prepare(Publication publication) throws IOException {
    return new NumberedStaging(runs.output(), configuration).prepare(publication);
  }

  private Snapshot now(Snapshot taken) {
    try {
      return SnapshotReader.read(spec.inputs(), configuration).only(Set.copyOf(taken.paths()));
    } catch (UserException refused) {
      LOG.info(
          "The input cannot be listed as it is now, so this run looks at its own files alone, and"
              + " what came beside them is for the next: {}",
          refused.getMessage());
      return SnapshotReader.again(taken, configuration);
    }
  }

  /** {@inheritDoc} Files that came meanwhile are the next run's, be they half written. */
  @Override
  public void requireUnchanged(Snapshot taken) throws IOException {
    taken.requireUnchanged(now(taken));
    if (isOvertaken()) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "another run published under " + runs.output() + " in the meantime.");
    }
  }

  @Override
  public Optional<Manifest.Incremental> place(ScoringPlan plan) {
    return Optional.of(
        new Manifest.Incremental(
            runs.next(),
            runs.runs().size(),
            snapshot.files().size(),
            seenBefore,
            JobChanges.keptTypes(plan)));
  }
}
