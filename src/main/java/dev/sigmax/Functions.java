package dev.sigmax;

import dev.sigmax.spark.calls.CallSite;
import dev.sigmax.spark.calls.ColumnCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The functions for DataFrames, beside Spark's own {@code org.apache.spark.sql.functions}:
 *
 * <pre>{@code
 * import static dev.sigmax.Functions.softmax;
 *
 * rows.select(softmax(col("logits")).as("probabilities"))
 * }</pre>
 *
 * They work in any session that has the jar on its class path, set up or not, and are the functions
 * of SQL, to the bit. A logit is a float, a double or another number; logits are an array of those.
 * Whole and decimal numbers are taken as double. Arguments of other types, and temperatures outside
 * 1e-300 to 1e300, are analysis errors. null gives null, as does an array with a null in it, and a
 * null in any of several columns.
 */
@SuppressWarnings("MemberName") // As Spark names functions.
public final class Functions {
  private Functions() {}

  /**
   * The sigmoid, 1 / (1 + exp(-logit)): of a number, or of each element of an array. NaN gives NaN,
   * -∞ gives 0 and +∞ gives 1.
   */
  public static Column sigmoid(Column logit) {
    return call("sigmoid", logit);
  }

  /** The sigmoid of {@code logit / temperature}. */
  public static Column sigmoid(Column logit, double temperature) {
    return call("sigmoid", logit, functions.lit(temperature));
  }

  /**
   * The softmax of an array, or of a vector of Spark ML: the probabilities of classes that exclude
   * each other. NaN, +∞ or nothing above -∞ gives all NaN; an empty array gives an empty array.
   */
  public static Column softmax(Column logits) {
    return call("softmax", logits);
  }

  /** The softmax of {@code logits / temperature}. */
  public static Column softmax(Column logits, double temperature) {
    return call("softmax", logits, functions.lit(temperature));
  }

  /**
   * The softmax of logits in a column each, as an array in their order; NaN and infinities as in an
   * array.
   */
  public static Column softmax(Column first, Column second, Column... others) {
    return callOfColumns("softmax", first, second, others);
  }

  /**
   * log(sigmoid(logit)), at most 0: of a number, or of each element of an array. Accurate in both
   * tails. NaN gives NaN, -∞ gives -∞ and +∞ gives -0.
   */
  public static Column log_sigmoid(Column logit) {
    return call("log_sigmoid", logit);
  }

  /**
   * The logarithms of the softmax of an array, each at most 0. Accurate where the softmax itself is
   * 0 or 1. An element of -∞ gives -∞ there; NaN, +∞ or nothing above -∞ gives all NaN; an empty
   * array gives an empty array.
   */
  public static Column log_softmax(Column logits) {
    return call("log_softmax", logits);
  }

  /**
   * The logarithms of the softmax of logits in a column each, as an array in their order; NaN and
   * infinities as in an array.
   */
  public static Column log_softmax(Column first, Column second, Column... others) {
    return callOfColumns("log_softmax", first, second, others);
  }

  /**
   * log Σ exp(logit) of an array. NaN gives NaN, and else +∞ gives +∞; an empty array and one with
   * nothing above -∞ give -∞.
   */
  public static Column logsumexp(Column logits) {
    return call("logsumexp", logits);
  }

  /** log Σ exp(logit) of logits in a column each; NaN and infinities as in an array. */
  public static Column logsumexp(Column first, Column second, Column... others) {
    return callOfColumns("logsumexp", first, second, others);
  }

  /**
   * The class with the largest logit of an array, counted from 0, the first of equals, infinities
   * included; null for an empty array and one with a NaN.
   */
  public static Column argmax(Column logits) {
    return call("argmax", logits);
  }

  /**
   * The class with the largest logit, of logits in a column each, counted from 0, the first of
   * equals, infinities included; null where one is NaN.
   */
  public static Column argmax(Column first, Column second, Column... others) {
    return callOfColumns("argmax", first, second, others);
  }

  /**
   * The loss of a row: minus the logarithm of the softmax of the class that holds, in nats and
   * never below 0. +∞ where that class has a logit of -∞ and another has a larger one; NaN where
   * the row has NaN or +∞, or nothing above -∞.
   *
   * @param label the class that holds, a whole number, counted from 0; one that the row does not
   *     have fails the query
   */
  public static Column cross_entropy(Column logits, Column label) {
    return call("cross_entropy", logits, label);
  }

  /**
   * The loss of one logit: -(label · log σ(logit) + (1 - label) · log σ(-logit)), in nats and never
   * below 0. A NaN logit gives NaN; an infinite one gives 0 where the label is 0 or 1 and it is on
   * its side, and +∞ else.
   *
   * @param label 0, 1 or the probability of a yes; anything else, NaN included, fails the query
   */
  public static Column binary_cross_entropy(Column logit, Column label) {
    return call("binary_cross_entropy", logit, label);
  }

  /**
   * The most probable classes of a row, as an array of structs of {@code label} and {@code
   * probability}: the most probable first, and of equals the one that comes first. A label is the
   * index of the class, from 0, as a text. A NaN is never among them; an empty array gives an empty
   * array.
   *
   * @param k at most so many; below 1 it is an analysis error
   */
  public static Column top_k(Column probabilities, int k) {
    return call("top_k", probabilities, functions.lit(k));
  }

  /**
   * The same with labels.
   *
   * @param labels an array of strings; where they are not as many as the probabilities of a row,
   *     the query fails
   */
  public static Column top_k(Column probabilities, int k, Column labels) {
    return call("top_k", probabilities, functions.lit(k), labels);
  }

  private static Column call(String function, Column... arguments) {
    return CallSite.outside(
        Functions.class, () -> ColumnCall.of(function, Arrays.asList(arguments)));
  }

  private static Column callOfColumns(
      String function, Column first, Column second, Column... others) {
    List<Column> logits = new ArrayList<>(List.of(first, second));
    logits.addAll(Arrays.asList(others));
    return CallSite.outside(Functions.class, () -> ColumnCall.ofColumns(function, logits));
  }
}
