package dev.sigmax.parquet;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;

/** Footers of many files. */
public final class Footers {
  private Footers() {}

  /** The footers of {@code paths}, in their order. */
  public static List<Footer> read(SparkSession spark, List<String> paths) {
    return read(spark, paths, name -> true);
  }

  /** The same, with the chunks of the named columns alone. */
  public static List<Footer> read(SparkSession spark, List<String> paths, Set<String> columns) {
    return read(spark, paths, columns::contains);
  }

  private static List<Footer> read(SparkSession spark, List<String> paths, Wanted wanted) {
    return FileTasks.map(
        spark,
        "Sigmax: reading footers",
        paths,
        (path, configuration) -> FooterReader.read(path, configuration, wanted));
  }

  /** Of which columns the chunks are of interest; goes to the executors. */
  private interface Wanted extends Predicate<String>, Serializable {}
}
