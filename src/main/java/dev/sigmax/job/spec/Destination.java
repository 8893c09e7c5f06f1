package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.List;
import java.util.Optional;

/** Where a job publishes. */
public sealed interface Destination {
  /** A folder that appears whole. */
  record Folder(String path) implements Destination {}

  /**
   * A table of a Spark catalog that gets the run's files in one commit.
   *
   * @param name as Spark takes it, {@code CATALOG.DB.TABLE}
   * @param replaced a condition on the rows that make room for the run's; empty where none do
   */
  record Table(String name, Optional<String> replaced) implements Destination {}

  /**
   * What was said; refused if that is nothing, or both, or does not go with the rest.
   *
   * @param mode as it was said
   */
  static Destination read(JobSettings settings, Optional<WriteMode> mode) {
    Optional<String> table = settings.text(JobKey.OUTPUT_TABLE);
    String output = settings.text(JobKey.OUTPUT).orElse("");
    if (table.isPresent()) {
      requireForTables(settings, output);
      settings.requireFilled(JobKey.OUTPUT_TABLE, table.get());
      return new Destination.Table(table.get(), replaced(settings, mode.orElse(WriteMode.APPEND)));
    }
    for (JobKey key : List.of(JobKey.WRITE_MODE, JobKey.WHERE)) {
      if (settings.text(key).isPresent()) {
        throw new UsageException(
            ErrorName.OPTIONS_CONFLICT,
            key.key() + " is of a table, and no output-table is given.");
      }
    }
    if (output.isBlank()) {
      throw settings.missing(JobKey.OUTPUT, "--output PATH or --output-table CATALOG.DB.TABLE");
    }
    settings.requireFilled(JobKey.OUTPUT, output);
    return new Destination.Folder(output);
  }

  private static Optional<String> replaced(JobSettings settings, WriteMode mode) {
    Optional<String> where = settings.text(JobKey.WHERE);
    where.ifPresent(condition -> settings.requireFilled(JobKey.WHERE, condition));
    if (mode == WriteMode.OVERWRITE && where.filter(condition -> !condition.isBlank()).isEmpty()) {
      throw new UsageException(
          ErrorName.OPTION_MISSING,
          "write-mode overwrite does not say which rows make room: --where \"dt = '2026-11-21'\", or"
              + " --where true for all rows of the table.");
    }
    if (mode == WriteMode.APPEND && where.isPresent()) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "where picks the rows that make room for those of the run, and write-mode append keeps"
              + " all. Take --write-mode overwrite, or leave --where out.");
    }
    return where;
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
              + " adds its rows to those of the table, or replaces some with --write-mode"
              + " overwrite.");
    }
    if (settings.flag(JobKey.INCREMENTAL)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "incremental knows what it has scored by the runs in an output folder, and a table is"
              + " none. Name an output folder, or the new files as the input.");
    }
  }
}
