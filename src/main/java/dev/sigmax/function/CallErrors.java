package dev.sigmax.function;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Wrong calls as Spark's own analysis errors, with its error classes and so its SQLSTATEs. Spark
 * adds the position in the query. They are thrown from methods of Spark that declare no checked
 * exception, as Spark itself does in Scala.
 *
 * <p>None of the methods here returns: each throws an {@link AnalysisException}, undeclared, or
 * what it is given. Their result is for a caller's {@code throw}, which tells the compiler so. An
 * {@code index} is that of an argument and its parameter, counted from 0.
 */
public final class CallErrors {
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth");
  private static final String DOCUMENTATION = "https://spark.apache.org/docs/latest";

  private CallErrors() {}

  /**
   * There are more or fewer arguments than parameters.
   *
   * @param given how many there are
   */
  public static RuntimeException wrongCount(Usage usage, int given) {
    int most = usage.parameters().size();
    String expected = usage.required() == most ? "" + most : usage.required() + " or " + most;
    return error(
        "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
        Map.of(
            "functionName", "`" + usage.name() + "`",
            "expectedNum", expected + " (" + usage.signature() + ")",
            "actualNum", "" + given,
            "docroot", DOCUMENTATION));
  }

  /**
   * The argument at {@code index} has a type that its parameter does not take.
   *
   * @param input all arguments, in order
   */
  static RuntimeException wrongType(Usage usage, int index, StructType input) {
    StructField argument = input.fields()[index];
    return error(
        "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
        Map.of(
            "sqlExpr", "\"" + call(usage, input) + "\"",
            "paramIndex", ordinal(index) + " (`" + usage.parameters().get(index).name() + "`)",
            "requiredType", usage.parameters().get(index).takes(),
            "inputSql", "\"" + name(usage, input, index) + "\"",
            "inputType", "\"" + argument.dataType().sql() + "\""));
  }

  /**
   * The argument at {@code index} is a constant that its parameter does not take.
   *
   * @param input all arguments, in order
   * @param range the two bounds of what it takes, with "and" between them
   * @param value the constant; may be NaN or infinite
   */
  public static RuntimeException outOfRange(
      Usage usage, int index, StructType input, String range, Number value) {
    return error(
        "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
        Map.of(
            "sqlExpr",
            "\"" + call(usage, input) + "\"",
            "exprName",
            usage.parameters().get(index).name(),
            "valueRange",
            range,
            "currentValue",
            "" + value));
  }

  /**
   * The array at {@code index} has another length than the first one.
   *
   * @param length its own
   * @param first that of the first one
   * @param input all arguments, in order
   */
  public static RuntimeException notAsMany(
      Usage usage, int index, int length, int first, StructType input) {
    return error(
        "DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION",
        Map.of(
            "sqlExpr",
            "\"" + call(usage, input) + "\"",
            "leftExprName",
            usage.parameters().get(index).name(),
            "leftExprValue",
            "" + length,
            "constraint",
            "as many as",
            "rightExprName",
            usage.parameters().get(0).name(),
            "rightExprValue",
            "" + first));
  }

  /**
   * No parameter has the name of an argument.
   *
   * @param argument the name as it was written
   */
  public static RuntimeException unknownName(Usage usage, String argument) {
    return error(
        "UNRECOGNIZED_PARAMETER_NAME",
        Map.of(
            "routineName", "`" + usage.name() + "`",
            "argumentName", "`" + argument + "`",
            "proposal",
                String.join(
                    ", ",
                    usage.parameters().stream()
                        .map(parameter -> "`" + parameter.name() + "`")
                        .toList())));
  }

  /** Two arguments have the same name, {@code argument}. */
  public static RuntimeException namedTwice(Usage usage, String argument) {
    return error(
        "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE",
        Map.of("routineName", "`" + usage.name() + "`", "parameterName", "`" + argument + "`"));
  }

  /** The parameter {@code argument} has an argument by place and another by name. */
  public static RuntimeException namedAndPositional(Usage usage, String argument) {
    return error(
        "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED",
        Map.of("routineName", "`" + usage.name() + "`", "parameterName", "`" + argument + "`"));
  }

  /**
   * An argument by place comes after one by name.
   *
   * @param named the name of the one before it
   */
  public static RuntimeException positionalAfterNamed(Usage usage, String named) {
    return error(
        "UNEXPECTED_POSITIONAL_ARGUMENT",
        Map.of("routineName", "`" + usage.name() + "`", "parameterName", "`" + named + "`"));
  }

  /** The parameter at {@code index}, which is not optional, has no argument. */
  public static RuntimeException missing(Usage usage, int index) {
    return error(
        "REQUIRED_PARAMETER_NOT_FOUND",
        Map.of(
            "routineName", "`" + usage.name() + "`",
            "parameterName", "`" + usage.parameters().get(index).name() + "`",
            "index", "" + index));
  }

  private static String ordinal(int index) {
    if (index < ORDINALS.size()) {
      return ORDINALS.get(index);
    }
    int number = index + 1;
    boolean teen = number % 100 >= 11 && number % 100 <= 13;
    return number
        + switch (teen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }

  private static String call(Usage usage, StructType input) {
    StringBuilder call = new StringBuilder(usage.name()).append('(');
    for (int i = 0; i < input.length(); i++) {
      call.append(i == 0 ? "" : ", ").append(name(usage, input, i));
    }
    return call.append(')').toString();
  }

  /** An argument as it was written; by the catalog, where Spark names it _0, its parameter. */
  private static String name(Usage usage, StructType input, int index) {
    String written = input.fields()[index].name();
    return written.equals("_" + index) ? usage.parameters().get(index).name() : written;
  }

  private static RuntimeException error(String errorClass, Map<String, String> parameters) {
    throw undeclared(
        new AnalysisException(
            errorClass, Map$.MODULE$.from(CollectionConverters.asScala(parameters))));
  }

  /** Throws {@code failure}, checked or not, from where none is declared. */
  public static RuntimeException undeclared(Exception failure) {
    return CallErrors.<RuntimeException>thrown(failure);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> RuntimeException thrown(Exception failure) throws E {
    throw (E) failure;
  }
}
