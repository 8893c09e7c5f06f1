package dev.sigmax.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** Looks for Spark before anything names a class of it. */
final class SparkOnClassPath {
  private static final String VERSION = "spark-version-info.properties";
  private static final String USE =
      "Run scripts/sigmax COMMAND, or spark-submit sigmax.jar COMMAND, with Spark 4.";
  private static final int OLDEST = 4;

  private SparkOnClassPath() {}

  /** Why the program cannot run with what is on the class path; empty where it can. */
  static Optional<String> obstacle() {
    try (InputStream in = SparkOnClassPath.class.getClassLoader().getResourceAsStream(VERSION)) {
      if (in == null) {
        return Optional.of("there is no Spark on the class path; it is not in this jar. " + USE);
      }
      Properties properties = new Properties();
      properties.load(in);
      return obstacle(properties.getProperty("version", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a version of Spark is too old; what is no version is let through. */
  static Optional<String> obstacle(String version) {
    String major = version.replaceFirst("[.].*", "");
    return major.matches("\\d{1,4}") && Integer.parseInt(major) < OLDEST
        ? Optional.of("this is Spark " + version + ", and Sigmax needs Spark 4 or newer. " + USE)
        : Optional.empty();
  }
}
