package dev.sigmax.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, and of what it runs on. */
final class Version {
  private Version() {}

  static String sigmax() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/sigmax.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  static String line() {
    return "sigmax "
        + sigmax()
        + " (Spark "
        + org.apache.spark.package$.MODULE$.SPARK_VERSION()
        + ", Java "
        + System.getProperty("java.version")
        + ", Scala "
        + scala.util.Properties.versionNumberString()
        + ", Hadoop "
        + org.apache.hadoop.util.VersionInfo.getVersion()
        + ", Parquet "
        + org.apache.parquet.Version.VERSION_NUMBER
        + ")";
  }
}
