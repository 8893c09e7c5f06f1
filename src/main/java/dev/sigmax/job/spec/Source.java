package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.List;
import java.util.Optional;

/** What a job reads. */
public sealed interface Source {
  /** Files, folders and globs. */
  record Paths(List<String> paths) implements Source {}

  /**
   * A table of a Spark catalog, as one of its snapshots has it.
   *
   * @param name as Spark takes it, {@code CATALOG.DB.TABLE}
   * @param asOf a snapshot's id, or a moment; empty for the table as it is
   */
  record Table(String name, Optional<String> asOf) implements Source {}

  /** What was said; refused if that is nothing, or both. */
  static Source read(JobSettings settings) {
    Optional<String> table = settings.text(JobKey.INPUT_TABLE);
    Optional<String> asOf = settings.text(JobKey.AS_OF);
    if (table.isEmpty() && asOf.isPresent()) {
      throw new UsageException(
          ErrorName.OPTION_MISSING, "as-of is of a table, and no input-table is given.");
    }
    if (table.isEmpty()) {
      return new Source.Paths(inputs(settings));
    }
    settings.requireFilled(JobKey.INPUT_TABLE, table.get());
    asOf.ifPresent(text -> settings.requireFilled(JobKey.AS_OF, text));
    if (settings.keys().contains(JobKey.INPUT)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "an input and an input-table are given: a run reads one of them.");
    }
    if (settings.flag(JobKey.INCREMENTAL)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "incremental looks for new files in folders, and a table is none. Name them as the"
              + " input.");
    }
    if (table.equals(settings.text(JobKey.OUTPUT_TABLE))) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "the input-table and the output-table are both " + table.get() + ". Name another.");
    }
    return new Source.Table(table.get(), asOf);
  }

  private static List<String> inputs(JobSettings settings) {
    List<String> inputs =
        settings
            .list(JobKey.INPUT)
            .orElseGet(() -> settings.text(JobKey.INPUT).map(List::of).orElse(List.of()));
    if (inputs.isEmpty() || inputs.stream().anyMatch(String::isBlank)) {
      throw settings.missing(JobKey.INPUT, "--input PATH or --input-table CATALOG.DB.TABLE");
    }
    inputs.forEach(input -> settings.requireFilled(JobKey.INPUT, input));
    return List.copyOf(inputs);
  }
}
