package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.Optional;

/** Where a job publishes. */
public sealed interface Destination {
  /** A folder that appears whole. */
  record Folder(String path) implements Destination {}

  /**
   * A table of a Spark catalog that gets the run's files in one commit.
   *
   * @param name as Spark takes it, {@code CATALOG.DB.TABLE}
   */
  record Table(String name) implements Destination {}

  /** What was said; refused if that is nothing, or both, or does not go with the rest. */
  static Destination read(JobSettings settings) {
    Optional<String> table = settings.text(JobKey.OUTPUT_TABLE);
    String output = settings.text(JobKey.OUTPUT).orElse("");
    if (table.isPresent()) {
      requireForTables(settings, output);
      Template.requireFilled(JobKey.OUTPUT_TABLE, table.get());
      return new Destination.Table(table.get());
    }
    if (output.isBlank()) {
      throw new UsageException(
          ErrorName.OPTION_MISSING,
          "no output is given: --output PATH or --output-table CATALOG.DB.TABLE, or the same in a"
              + " job file.");
    }
    Template.requireFilled(JobKey.OUTPUT, output);
    return new Destination.Folder(output);
  }

  private static void requireForTables(JobSettings settings, String output) {
    if (!output.isEmpty()) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "an output and an output-table are given: a run publishes to one of them.");
    }
    if (settings.flag(JobKey.REPLACE)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "replace puts a folder in the place of another; a table has none. Leave it out: a run"
              + " adds its rows to those of the table.");
    }
    if (settings.flag(JobKey.INCREMENTAL)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "incremental knows what it has scored by the runs in an output folder, and a table is"
              + " none. Name an output folder, or the new files as the input.");
    }
  }
}
