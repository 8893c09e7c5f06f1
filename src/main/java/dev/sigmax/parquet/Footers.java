package dev.sigmax.parquet;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Footers of many files. */
public final class Footers {
  private Footers() {}

  /** The footers of {@code paths}, in their order. */
  public static List<Footer> read(SparkSession spark, List<String> paths) {
    return FileTasks.map(spark, "Sigmax: reading footers", paths, FooterReader::read);
  }
}
