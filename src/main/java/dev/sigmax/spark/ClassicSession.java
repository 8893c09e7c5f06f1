package dev.sigmax.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.Function1;
import scala.runtime.BoxedUnit;

/** A session of Spark in this process, as opposed to a client of Spark Connect. */
public final class ClassicSession {
  private ClassicSession() {}

  /**
   * The session that is there, or a new one. Asks Spark's own builder of such sessions: the public
   * one finds that by Scala's reflection, which takes a seventh of a small job's start.
   */
  public static SparkSession getOrCreate(
      SparkConf conf, Function1<SparkSessionExtensions, BoxedUnit> extensions) {
    return org.apache.spark.sql.classic.SparkSession.builder()
        .config(conf)
        .withExtensions(extensions)
        .getOrCreate();
  }
}
