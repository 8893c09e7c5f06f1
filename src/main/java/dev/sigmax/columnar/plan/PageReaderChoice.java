package dev.sigmax.columnar.plan;

import java.util.Locale;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.internal.SQLConf;

/** Who reads pages under the columnar path, as a session's setting says. */
public enum PageReaderChoice {
  /**
   * Sigmax's page reader, and Spark's for the files that it does not serve; where nothing is set.
   */
  OWN,
  /** Spark's reader alone. */
  SPARK,
  /** Sigmax's page reader alone: Spark's would fail, or give wrong values. */
  ONLY_OWN;

  /** The setting's name. */
  public static final String SETTING = "spark.sigmax.columnar.reader";

  /**
   * What a session says.
   *
   * @throws IllegalArgumentException if that is none of these
   */
  public static PageReaderChoice of(RuntimeConfig conf) {
    return of(conf.get(SETTING, OWN.toString()));
  }

  static PageReaderChoice of(SQLConf conf) {
    return of(conf.getConfString(SETTING, OWN.toString()));
  }

  private static PageReaderChoice of(String setting) {
    for (PageReaderChoice choice : values()) {
      if (choice.toString().equals(setting)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        SETTING + " is " + setting + ", and can be " + OWN + " or " + SPARK);
  }

  /** Whether Sigmax's page reader may read. */
  public boolean own() {
    return this != SPARK;
  }

  /** As the setting says it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
