package dev.sigmax.function;

import java.util.List;

/**
 * How a function is called and what it gives: for {@code DESCRIBE FUNCTION} and for errors.
 *
 * @param does what it returns, a sentence
 * @param edges what null, NaN and the infinities give
 * @param example a query, {@code _FUNC_} for the function
 * @param result what the example gives
 */
public record Usage(
    String name,
    List<Parameter> parameters,
    String does,
    String edges,
    String example,
    String result) {
  static final String NUMBER = "\"FLOAT\" or \"DOUBLE\" (or another number)";
  static final String ARRAY = "\"ARRAY<FLOAT>\" or \"ARRAY<DOUBLE>\" (or of another number)";
  static final String NUMBER_OR_ARRAY =
      "\"FLOAT\", \"DOUBLE\", \"ARRAY<FLOAT>\" or \"ARRAY<DOUBLE>\" (or another number)";
  static final String ARRAY_OR_VECTOR =
      "\"ARRAY<FLOAT>\", \"ARRAY<DOUBLE>\" (or of another number) or \"VECTOR\" of Spark ML";

  /** {@code softmax(logits[, temperature])}. */
  public String signature() {
    StringBuilder signature = new StringBuilder(name).append('(');
    String separator = "";
    for (Parameter parameter : parameters) {
      String listed = separator + parameter.name();
      signature.append(parameter.optional() ? "[" + listed + "]" : listed);
      separator = ", ";
    }
    return signature.append(')').toString();
  }

  public int required() {
    return (int) parameters.stream().filter(parameter -> !parameter.optional()).count();
  }

  /** The place of the parameter with this name, in any case; -1 if there is none. */
  public int indexOf(String parameter) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equalsIgnoreCase(parameter)) {
        return i;
      }
    }
    return -1;
  }
}
