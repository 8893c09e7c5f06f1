package dev.sigmax.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Holds an engine's output against ours, before its time counts. */
final class Check {
  /** 32-bit arithmetic inside is off by some 30 ULP; probabilities are at most 1. */
  private static final double ALLOWED = 4e-6;

  private static final int EVERY = 101;

  private Check() {}

  /** Fails if the row counts differ, or a probability of every hundredth row or so does. */
  static void same(Shape shape, Path ours, Path theirs) throws SQLException {
    double[] counts =
        DuckDb.row(
            "SELECT (SELECT count(*) FROM "
                + table(ours)
                + "), (SELECT count(*) FROM "
                + table(theirs)
                + ")");
    double[] worst =
        DuckDb.row(shape.array() ? arrays(ours, theirs) : columns(shape, ours, theirs));
    if (counts[0] != counts[1] || worst[1] == 0 || !(worst[0] <= ALLOWED)) {
      throw new IllegalStateException(
          theirs
              + " differs from "
              + ours
              + ": "
              + counts[0]
              + " and "
              + counts[1]
              + " rows, up to "
              + worst[0]);
    }
  }

  private static String columns(Shape shape, Path ours, Path theirs) {
    return "SELECT max(greatest("
        + DuckDb.list(shape.classes(), "abs(a.prob_%1$d - b.prob_%1$d)", ", ")
        + ")), count(*) FROM "
        + joined(ours, theirs);
  }

  private static String arrays(Path ours, Path theirs) {
    return "SELECT max(abs(p - q)), count(*) FROM (SELECT unnest(a.probabilities) AS p,"
        + " unnest(b.probabilities) AS q FROM "
        + joined(ours, theirs)
        + ")";
  }

  private static String joined(Path ours, Path theirs) {
    String sample = "(SELECT * FROM %s WHERE id %% " + EVERY + " = 0) ";
    return sample.formatted(table(ours))
        + "a JOIN "
        + sample.formatted(table(theirs))
        + "b USING (id)";
  }

  private static String table(Path output) {
    return "read_parquet('" + output + (Files.isDirectory(output) ? "/*.parquet')" : "')");
  }
}
