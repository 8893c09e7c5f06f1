package dev.sigmax.ml;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.OptionConverters;

/**
 * Which names of columns are the same to a session. Spark replaces a column by one that is added
 * under a name that is the same.
 */
record NameRule(boolean caseSensitive) {
  private static final String SETTING = "spark.sql.caseSensitive";

  static NameRule of(SparkSession session) {
    return new NameRule(Boolean.parseBoolean(session.conf().get(SETTING)));
  }

  /** That of this thread's session, as Spark ML has it for a schema alone; Spark's default else. */
  static NameRule ofThread() {
    Optional<SparkSession> active = OptionConverters.toJava(SparkSession.getActiveSession());
    return active
        .or(() -> OptionConverters.toJava(SparkSession.getDefaultSession()))
        .map(NameRule::of)
        .orElse(new NameRule(false));
  }

  /**
   * The schema with a column more.
   *
   * @throws IllegalArgumentException if there is one of the same name
   */
  StructType added(StructType schema, String name, DataType type) {
    for (StructField field : schema.fields()) {
      if (isSame(field.name(), name)) {
        throw new IllegalArgumentException(
            "there is a column "
                + field.name()
                + " already"
                + (field.name().equals(name)
                    ? ""
                    : ", and " + name + " is the same to Spark (" + SETTING + "=false)")
                + "; set another name, or none");
      }
    }
    return schema.add(name, type, true);
  }

  private boolean isSame(String one, String other) {
    return caseSensitive ? one.equals(other) : one.equalsIgnoreCase(other);
  }
}
