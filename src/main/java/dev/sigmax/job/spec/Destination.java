package dev.sigmax.job.spec;

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
}
