package dev.sigmax.testing;

import dev.sigmax.SigmaxExtensions;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** A user's session in a JVM of its own, which writes one query. */
public final class SessionWrite {
  private SessionWrite() {}

  /** Arguments: the Parquet input, what to select of it, and the output. */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.catalogImplementation", "in-memory")
            .withExtensions(new SigmaxExtensions())
            .getOrCreate()) {
      session.read().parquet(arguments[0]).selectExpr(arguments[1]).write().parquet(arguments[2]);
    }
  }
}
