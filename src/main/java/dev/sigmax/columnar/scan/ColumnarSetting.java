package dev.sigmax.columnar.scan;

/** What a Spark session says of the columnar path. */
public final class ColumnarSetting {
  /** The key of its configuration; {@code false} leaves everything to the row path. */
  public static final String ENABLED = "spark.sigmax.columnar.enabled";

  private ColumnarSetting() {}
}
