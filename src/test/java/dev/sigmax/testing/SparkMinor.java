package dev.sigmax.testing;

import java.lang.module.ModuleDescriptor.Version;

/** What the Spark that the tests run on has and an older one lacks. */
public final class SparkMinor {
  private static final Version HERE =
      Version.parse(org.apache.spark.package$.MODULE$.SPARK_VERSION());

  private SparkMinor() {}

  private static boolean isAtLeast(String version) {
    return HERE.compareTo(Version.parse(version)) >= 0;
  }

  /** The type TIME. */
  public static boolean hasTime() {
    return isAtLeast("4.1");
  }

  /** Columns of GEOMETRY and GEOGRAPHY, and what is in those of Parquet's UNKNOWN. */
  public static boolean readsShapesAndUnknown() {
    return isAtLeast("4.2");
  }
}
