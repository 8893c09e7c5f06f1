package dev.sigmax.spark;

import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/** How Spark and Hive write names and values of partitions into folders. */
public final class PartitionNames {
  private PartitionNames() {}

  /** A name or value as it was before it was written. */
  public static String unescape(String text) {
    return ExternalCatalogUtils.unescapePathName(text);
  }

  /** Whether an unescaped value stands for null. */
  public static boolean isNull(String value) {
    return value.equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME());
  }
}
