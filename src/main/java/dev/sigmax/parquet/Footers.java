package dev.sigmax.parquet;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Footers of many files. */
public final class Footers {
  private Footers() {}

  /** The footers of {@code paths}, in their order. */
  public static List<Footer> read(SparkSession spark, List<String> paths) {
    return FileTasks.map(
        spark,
        "Sigmax: reading footers",
        paths,
        (path, configuration) -> FooterReader.read(path, configuration, name -> true));
  }

  /** The same, with the chunks of the named columns alone. */
  public static List<Footer> read(SparkSession spark, List<String> paths, Set<String> columns) {
    return FileTasks.map(
        spark,
        "Sigmax: reading footers",
        paths,
        (path, configuration) -> FooterReader.read(path, configuration, columns::contains));
  }
}
