package dev.sigmax.job.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.error.Counted;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.output.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What sets a published run apart from what its job would do now, a sentence each. */
public final class RunDifferences {
  private static final int MOST_FILES = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunDifferences() {}

  /** All differences: of the inputs, of the job, of the version, of the run id. */
  public static List<String> all(
      Manifest published, ScoringPlan plan, RunIdentity identity, String version) {
    List<String> differences = new ArrayList<>(ofInputs(published, plan.table().snapshot()));
    differences.addAll(ofColumns(published, plan.table()));
    differences.addAll(ofJob(published.job(), EffectiveJob.of(plan)));
    differences.addAll(ofVersion(published, version));
    plan.spec()
        .runId()
        .filter(id -> !id.equals(published.runId()))
        .ifPresent(
            id ->
                differences.add("the run id was " + published.runId() + " and is " + id + " now"));
    if (differences.isEmpty() && !identity.fingerprint().equals(published.fingerprint())) {
      differences.add("its manifest does not hold what its fingerprint was taken of");
    }
    return differences;
  }

  /** The input files that came, went or were written to since. */
  public static List<String> ofInputs(Manifest published, Snapshot now) {
    Map<String, Manifest.InputEntry> before = new HashMap<>();
    published.input().files().forEach(file -> before.put(file.path(), file));
    List<String> differences = new ArrayList<>();
    for (InputFile file : now.files()) {
      String path = file.redactedPath();
      Manifest.InputEntry then = before.remove(path);
      if (then == null) {
        differences.add(isNew(file));
      } else {
        writtenTo(then, file).ifPresent(differences::add);
      }
    }
    new TreeSet<>(before.keySet())
        .forEach(path -> differences.add("the input " + path + " is gone"));
    return few(differences);
  }

  /** What a table calls the columns of its files is a part of a run's identity. */
  private static List<String> ofColumns(Manifest published, InputTable now) {
    List<Manifest.InputColumn> then =
        Optional.ofNullable(published.input().table())
            .map(Manifest.InputTable::columns)
            .orElse(List.of());
    List<Manifest.InputColumn> columns = TableRead.columns(now).orElse(List.of());
    if (then.equals(columns)) {
      return List.of();
    }
    if (then.isEmpty() || columns.isEmpty()) {
      return List.of(
          "the columns of the input table were found in its files by "
              + (then.isEmpty() ? "name, and are by field id now" : "field id, and are by name now")
              + ": its columns changed");
    }
    List<String> differences = new ArrayList<>();
    then.stream()
        .filter(column -> !columns.contains(column))
        .forEach(column -> differences.add(told(column) + " is not there now"));
    columns.stream()
        .filter(column -> !then.contains(column))
        .forEach(column -> differences.add(told(column) + " was not there then"));
    return differences.isEmpty()
        ? List.of("the columns of the input table are in another order now")
        : few(differences, "columns");
  }

  private static String told(Manifest.InputColumn column) {
    return "the input table's column "
        + column.name()
        + " "
        + column.type()
        + " (field id "
        + column.id()
        + ")";
  }

  /** What is said of an input file that no run has seen. */
  public static String isNew(InputFile file) {
    return "the input " + file.redactedPath() + " is new";
  }

  /** How an input file differs from what it was when a run saw it; empty where it does not. */
  public static Optional<String> writtenTo(Manifest.InputEntry then, InputFile now) {
    return then.bytes() == now.bytes() && then.modified() == now.modified()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the input %s was written to: %s of %s then, %s of %s now",
                then.path(),
                Counted.of(then.bytes(), "byte"),
                Instant.ofEpochMilli(then.modified()),
                Counted.of(now.bytes(), "byte"),
                Instant.ofEpochMilli(now.modified())));
  }

  /** The first of many sentences on input files, and how many more there are. */
  public static List<String> few(List<String> differences) {
    return few(differences, "inputs");
  }

  private static List<String> few(List<String> differences, String what) {
    if (differences.size() <= MOST_FILES) {
      return differences;
    }
    int left = differences.size() - MOST_FILES;
    List<String> first = new ArrayList<>(differences.subList(0, MOST_FILES));
    first.add("so it is with " + left + " more of the " + what);
    return first;
  }

  /**
   * How two jobs as they took effect differ, their paths aside.
   *
   * @param then as a manifest has it
   */
  public static List<String> ofJob(Map<String, Object> then, Map<String, Object> now) {
    Map<?, ?> effective = JSON.convertValue(now, Map.class);
    Set<String> keys = new TreeSet<>(now.keySet());
    keys.addAll(then.keySet());
    keys.removeAll(RunIdentity.NOT_OF_THE_RUN);
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      Object before = then.get(key);
      Object value = effective.get(key);
      if (!JSON.valueToTree(before).equals(JSON.valueToTree(value))) {
        differences.add(key + " was " + before + " and is " + value + " now");
      }
    }
    return differences;
  }

  /** The version of Sigmax, which is part of a run's identity. */
  static List<String> ofVersion(Manifest published, String version) {
    String then = published.versions() == null ? null : published.versions().sigmax();
    return version.equals(then)
        ? List.of()
        : List.of("it was made by Sigmax " + then + ", and this is " + version);
  }
}
