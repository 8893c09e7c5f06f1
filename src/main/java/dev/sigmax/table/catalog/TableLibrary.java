package dev.sigmax.table.catalog;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/** Whether the library of a format is on Spark's class path. Names none of their classes. */
enum TableLibrary {
  ICEBERG(
      "Iceberg",
      "org.apache.iceberg.spark.Spark3Util",
      "org.apache.parquet.schema.LogicalTypeAnnotation",
      "org.apache.iceberg:iceberg-spark-runtime-%s_2.13",
      "1.12.0",
      "1.11.0"),
  /** Its Kernel reads and writes checkpoints by classes that Parquet has from 1.16 on. */
  DELTA(
      "Delta",
      "io.delta.kernel.TableManager",
      "org.apache.parquet.schema.LogicalTypeAnnotation$GeometryLogicalTypeAnnotation",
      "io.delta:delta-spark_%s_2.13",
      "4.4.0",
      "4.4.0");

  private final String title;
  private final String entrance;
  private final String parquet;
  private final String artifact;
  private final String version;
  private final String versionForSpark40;

  /** The versions are those that the tests of tables run with. */
  TableLibrary(
      String title,
      String entrance,
      String parquet,
      String artifact,
      String version,
      String versionForSpark40) {
    this.title = title;
    this.entrance = entrance;
    this.parquet = parquet;
    this.artifact = artifact;
    this.version = version;
    this.versionForSpark40 = versionForSpark40;
  }

  /**
   * Refuses, with the package to take, where the library is missing, and where Spark's Parquet is
   * too old for it: it would fail in the middle of its work.
   */
  void require(SparkSession spark) {
    require(spark, TableLibrary.class.getClassLoader());
  }

  void require(SparkSession spark, ClassLoader loader) {
    try {
      Class.forName(entrance, false, loader);
    } catch (ClassNotFoundException e) {
      throw missing(spark, e);
    }
    try {
      Class.forName(parquet, false, loader);
    } catch (ClassNotFoundException e) {
      throw new UsageException(
          ErrorName.TABLE_LIBRARY_UNFIT,
          title
              + " cannot read all of its tables with the Parquet that Spark "
              + spark.version()
              + " brings, which is too old. Take a newer Spark.",
          e);
    }
  }

  private UsageException missing(SparkSession spark, ClassNotFoundException e) {
    return new UsageException(
        ErrorName.TABLE_LIBRARY_MISSING,
        "tables of this catalog take "
            + title
            + ", which is not on Spark's class path. Take --packages "
            + coordinate(spark.version())
            + ".",
        e);
  }

  /** Each has a package for each minor of Spark. */
  String coordinate(String spark) {
    String minor = spark.replaceFirst("^(\\d+[.]\\d+).*", "$1");
    return String.format(Locale.ROOT, artifact, minor)
        + ":"
        + (minor.equals("4.0") ? versionForSpark40 : version);
  }
}
