package dev.sigmax.table.catalog;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import org.apache.spark.sql.SparkSession;

/** Whether Iceberg is on Spark's class path. Names none of its classes. */
public final class TableLibrary {
  private static final String CLASS = "org.apache.iceberg.spark.Spark3Util";

  private TableLibrary() {}

  /** Refuses, with the package to take, where the library is missing. */
  public static void require(SparkSession spark) {
    require(spark, TableLibrary.class.getClassLoader());
  }

  static void require(SparkSession spark, ClassLoader loader) {
    try {
      Class.forName(CLASS, false, loader);
    } catch (ClassNotFoundException e) {
      throw new UsageException(
          ErrorName.TABLE_LIBRARY_MISSING,
          "tables take Iceberg, which is not on Spark's class path. Take --packages "
              + coordinate(spark.version())
              + ".",
          e);
    }
  }

  /** Iceberg has a package for each minor of Spark. */
  static String coordinate(String spark) {
    String minor = spark.replaceFirst("^(\\d+[.]\\d+).*", "$1");
    return "org.apache.iceberg:iceberg-spark-runtime-" + minor + "_2.13:1.12.0";
  }
}
