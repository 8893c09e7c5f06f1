package dev.sigmax.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

  /** A Parquet that Delta's Kernel can read and write checkpoints with. */
  public static boolean hasParquetForDelta() {
    return isAtLeast("4.1");
  }

  /** The types GEOMETRY and GEOGRAPHY. */
  public static boolean hasShapes() {
    return isAtLeast("4.2");
  }

  /**
   * Whether values in a column of Parquet's UNKNOWN stop its readers; others read them. 4.1.0 is
   * seen to, 4.1.3 not.
   */
  public static boolean stumblesOverUnknown() {
    return isAtLeast("4.1") && !isAtLeast("4.1.3");
  }

  /**
   * Skips a test where the library of a table's format is made for another minor than this: its jar
   * says in its name for which.
   *
   * @param type one of the library's
   */
  public static void assumeMadeForIt(Class<?> type) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    String minor = HERE.toString().replaceFirst("^(\\d+[.]\\d+).*", "$1");
    assumeTrue(
        jar.contains("-" + minor + "_") || jar.contains("_" + minor + "_"),
        "there is no " + jar.replaceFirst(".*/", "") + " for Spark " + minor + " here");
  }
}
