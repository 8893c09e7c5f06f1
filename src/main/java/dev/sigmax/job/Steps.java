package dev.sigmax.job;

import org.apache.spark.sql.SparkSession;

/** Names what Spark is busy with, for its progress bar and its web page. */
final class Steps {
  private Steps() {}

  static void describe(SparkSession spark, String step) {
    spark.sparkContext().setJobDescription(step);
  }
}
