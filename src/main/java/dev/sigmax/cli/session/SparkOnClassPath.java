package dev.sigmax.cli.session;

import dev.sigmax.spark.TestedSparks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Optional;
import java.util.Properties;

/** Looks at what is on the class path before anything names a class of it. */
public final class SparkOnClassPath {
  private static final String SPARK = "spark-version-info.properties";
  private static final String HADOOP = "common-version-info.properties";
  private static final String USE =
      "Run scripts/sigmax COMMAND, or spark-submit sigmax.jar COMMAND, with Spark 4.";

  /** From it on Java does not tell who the user is in the way that older Hadoops ask. */
  private static final int JAVA_WITHOUT_SUBJECT = 24;

  private static final Version HADOOP_WITHOUT_SUBJECT = Version.parse("3.4.3");

  private SparkOnClassPath() {}

  /** Why the program cannot run with what is on the class path; empty where it can. */
  public static Optional<String> obstacle() {
    Optional<String> spark = version(SPARK);
    if (spark.isEmpty()) {
      return Optional.of("there is no Spark on the class path; it is not in this jar. " + USE);
    }
    return obstacle(spark.get(), version(HADOOP).orElse(""), Runtime.version().feature());
  }

  /** Whether these go together; what is no version is let through. */
  static Optional<String> obstacle(String spark, String hadoop, int java) {
    Optional<String> tooOld = TestedSparks.tooOld(spark);
    if (tooOld.isPresent()) {
      return tooOld.map(why -> why + " " + USE);
    }
    if (java >= JAVA_WITHOUT_SUBJECT
        && hadoop.matches("\\d+[.].*")
        && Version.parse(hadoop).compareTo(HADOOP_WITHOUT_SUBJECT) < 0) {
      return Optional.of(
          "Spark "
              + spark
              + " brings Hadoop "
              + hadoop
              + ", which does not run on Java "
              + java
              + ". Take Java 17 or 21 (JAVA_HOME), or Spark 4.2.");
    }
    return Optional.empty();
  }

  private static Optional<String> version(String resource) {
    try (InputStream in = SparkOnClassPath.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.of(properties.getProperty("version", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
