package dev.sigmax.columnar.plan;

/** Why a plan is left to the row path; told to whoever asks, never to the user as an error. */
final class UnsupportedPlan extends Exception {
  /** The reason where files are of another format. */
  static final String NOT_PARQUET = "the output is not Parquet";

  /** The reason where a table is no table of files to Spark. */
  static final String OWN_WRITER = "the table's format has a writer of its own, which takes rows";

  private static final long serialVersionUID = 1L;

  UnsupportedPlan(String why) {
    super(why, null, false, false);
  }
}
