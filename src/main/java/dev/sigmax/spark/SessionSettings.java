package dev.sigmax.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** What a session's settings come to. */
public final class SessionSettings {
  private SessionSettings() {}

  /** A copy of Hadoop's configuration as the session has it, its own settings included. */
  public static Configuration hadoop(SparkSession session) {
    return session.sessionState().newHadoopConf();
  }

  /** Makes what the session is built of, and so fails now where one of its settings is wrong. */
  public static void build(SparkSession session) {
    session.sessionState();
  }
}
