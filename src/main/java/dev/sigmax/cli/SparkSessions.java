package dev.sigmax.cli;

import dev.sigmax.SigmaxExtensions;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The Spark session of this process. */
final class SparkSessions {
  private SparkSessions() {}

  /** The session that is there, or a new one: as spark-submit says, or on all local cores. */
  static SparkSession open() {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    if (running.isDefined()) {
      return running.get();
    }
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.master", "local[*]")
            .setIfMissing("spark.app.name", "sigmax")
            .setIfMissing("spark.sql.session.timeZone", "UTC");
    return SparkSession.builder().config(conf).withExtensions(new SigmaxExtensions()).getOrCreate();
  }
}
