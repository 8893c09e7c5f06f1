package dev.sigmax.function;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;

/**
 * A function bound to its input types. A subclass adds a static {@code invoke} with the Java forms
 * of those types, which Spark's generated code calls directly; Spark looks for it in the concrete
 * class only.
 *
 * @param <R> the Java form of the result
 */
public abstract class TypedFunction<R> implements ScalarFunction<R> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final DataType[] inputTypes;
  private final DataType resultType;

  /**
   * A function that is bound.
   *
   * @param name its own, without a catalog's
   * @param inputTypes what Spark casts the arguments to, in order
   */
  protected TypedFunction(String name, List<DataType> inputTypes, DataType resultType) {
    this.name = name;
    this.inputTypes = inputTypes.toArray(new DataType[0]);
    this.resultType = resultType;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String canonicalName() {
    StringBuilder canonical = new StringBuilder("sigmax.").append(name).append('(');
    for (int i = 0; i < inputTypes.length; i++) {
      canonical.append(i == 0 ? "" : ",").append(inputTypes[i].catalogString());
    }
    return canonical.append(')').toString();
  }

  @Override
  public DataType[] inputTypes() {
    return inputTypes.clone();
  }

  @Override
  public DataType resultType() {
    return resultType;
  }

  /**
   * Every call binds anew, and Spark takes two calls for the same only if their functions are:
   * under GROUP BY, in a cache, as a common subexpression.
   */
  @Override
  public final boolean equals(Object other) {
    return other instanceof TypedFunction<?> function
        && function.getClass() == getClass()
        && Arrays.equals(function.inputTypes, inputTypes)
        && function.resultType.equals(resultType);
  }

  @Override
  public final int hashCode() {
    return Objects.hash(getClass().getName(), Arrays.hashCode(inputTypes), resultType);
  }
}
