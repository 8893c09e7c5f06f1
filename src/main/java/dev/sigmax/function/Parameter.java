package dev.sigmax.function;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;

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
    CLASS
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

  /** Whether a call may leave it out. */
  public boolean optional() {
    return kind == Kind.TEMPERATURE;
  }

  /** The type that an argument beside the logits is cast to. */
  DataType type() {
    return kind == Kind.CLASS ? DataTypes.IntegerType : DataTypes.DoubleType;
  }

  /** Whether an argument beside the logits may have this type. */
  boolean accepts(DataType given) {
    if (given instanceof IntegralType || given.equals(DataTypes.NullType)) {
      return true;
    }
    boolean fraction =
        given.equals(DataTypes.FloatType)
            || given.equals(DataTypes.DoubleType)
            || given instanceof DecimalType;
    return fraction && kind != Kind.CLASS;
  }
}
