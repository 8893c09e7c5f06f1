package dev.sigmax.input.snapshot;

import java.util.regex.Pattern;

/** Something in an input folder that is not read, and why. */
public record Skipped(String path, String why) {
  /** What Spark, Databricks, Hadoop, parquet-java and Sigmax leave beside data. */
  private static final Pattern EXPECTED =
      Pattern.compile(
          "_SUCCESS|_committed_.*|_started_.*|_metadata|_common_metadata|_sigmax|\\..*\\.crc");

  /** Whether it is one of the files that others are known to leave beside data. */
  public boolean expected() {
    return EXPECTED.matcher(path.substring(path.lastIndexOf('/') + 1)).matches();
  }
}
