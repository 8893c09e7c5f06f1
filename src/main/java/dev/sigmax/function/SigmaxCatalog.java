package dev.sigmax.function;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The functions as a Spark catalog: with {@code spark.sql.catalog.sigmax} set to this class, {@code
 * sigmax.softmax(logits)} works in SQL and in {@code functions.call_function}.
 */
public final class SigmaxCatalog implements FunctionCatalog {
  private static final Map<String, UnboundFunction> FUNCTIONS = new TreeMap<>();

  static {
    for (UnboundFunction function :
        List.of(
            new SigmoidFunction(),
            new SoftmaxFunction(),
            new LogSigmoidFunction(),
            new LogSoftmaxFunction(),
            new LogSumExpFunction(),
            new ArgMaxFunction(),
            new CrossEntropyFunction(),
            new BinaryCrossEntropyFunction(),
            ScoreFunction.asIs(),
            ScoreFunction.asFloat())) {
      FUNCTIONS.put(function.name(), function);
    }
  }

  private String name = "sigmax";

  /** All functions, by name. */
  public static Map<String, UnboundFunction> functions() {
    return Map.copyOf(FUNCTIONS);
  }

  @Override
  public void initialize(String catalogName, CaseInsensitiveStringMap options) {
    name = catalogName;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return namespace.length > 0
        ? new Identifier[0]
        : FUNCTIONS.keySet().stream()
            .map(function -> Identifier.of(namespace, function))
            .toArray(Identifier[]::new);
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    UnboundFunction function =
        identifier.namespace().length > 0
            ? null
            : FUNCTIONS.get(identifier.name().toLowerCase(Locale.ROOT));
    if (function == null) {
      throw new NoSuchFunctionException(identifier);
    }
    return function;
  }
}
