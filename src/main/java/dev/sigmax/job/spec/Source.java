package dev.sigmax.job.spec;

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
}
