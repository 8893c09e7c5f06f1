package dev.sigmax.function;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;

/**
 * A parameter of a function, as SQL names it.
 *
 * @param takes the types it takes, in SQL's words
 * @param meaning what it is, for {@code DESCRIBE FUNCTION EXTENDED}
 */
public record Parameter(String name, Kind kind, String takes, String meaning) {
  private static final String NUMBER = "\"DOUBLE\" (or another number)";
  private static final String WHOLE_NUMBER = "\"INT\" (or another whole number)";

  enum Kind {
    LOGITS,
    TEMPERATURE,
    PROBABILITY,
    CLASS,
    COUNT,
    LABELS
  }

  static Parameter logits(String name, String takes, String meaning) {
    return new Parameter(name, Kind.LOGITS, takes, meaning);
  }

  public static Parameter temperature() {
    return new Parameter(
        "temperature",
        Kind.TEMPERATURE,
        NUMBER,
        "what logits are divided by first, from 1e-300 to 1e300; 1 if left out");
  }

  static Parameter probability() {
    return new Parameter(
        "label",
        Kind.PROBABILITY,
        NUMBER,
        "0, 1, or the probability of a yes; anything else fails the query");
  }

  static Parameter classIndex() {
    return new Parameter(
        "label",
        Kind.CLASS,
        WHOLE_NUMBER,
        "the class that holds, counted from 0; a class that the row does not have fails the query");
  }

  public static Parameter count() {
    return new Parameter(
        "k", Kind.COUNT, WHOLE_NUMBER, "how many classes, from 1 up; less fails the query");
  }

  public static Parameter labels() {
    return new Parameter(
        "labels",
        Kind.LABELS,
        "\"ARRAY<STRING>\"",
        "the names of the classes, as many as probabilities; their indexes from 0 if left out");
  }

  /** Whether a call may leave it out. */
  public boolean optional() {
    return kind == Kind.TEMPERATURE || kind == Kind.LABELS;
  }

  /**
   * The type that an argument beside the logits is cast to: one that holds every value of those it
   * accepts, since a cast to a smaller one wraps around where {@code spark.sql.ansi.enabled} is
   * off.
   */
  DataType type() {
    return switch (kind) {
      case CLASS, COUNT -> DataTypes.LongType;
      case LABELS -> DataTypes.createArrayType(DataTypes.StringType);
      case LOGITS, TEMPERATURE, PROBABILITY -> DataTypes.DoubleType;
    };
  }

  /** Whether an argument beside the logits may have this type. */
  boolean accepts(DataType given) {
    if (kind == Kind.LABELS) {
      return given.equals(DataTypes.NullType)
          || (given instanceof ArrayType array && array.elementType() instanceof StringType);
    }
    if (given instanceof IntegralType || given.equals(DataTypes.NullType)) {
      return true;
    }
    boolean fraction =
        given.equals(DataTypes.FloatType)
            || given.equals(DataTypes.DoubleType)
            || given instanceof DecimalType;
    return fraction && kind != Kind.CLASS && kind != Kind.COUNT;
  }
}
