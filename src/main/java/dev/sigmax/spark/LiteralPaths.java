package dev.sigmax.spark;

import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;

/** Reads of files by their paths as they are, also where these have a glob's characters. */
public final class LiteralPaths {
  /** Spark's own, which it does not promise: what it lists for itself has no globs. */
  private static final String TAKE_AS_GLOBS = "__globPaths__";

  private LiteralPaths() {}

  /** A reader to which {@code run[1]} is the folder of that name; by Spark's own, run1. */
  public static DataFrameReader reader(SparkSession spark) {
    return spark.read().option(TAKE_AS_GLOBS, "false");
  }
}
