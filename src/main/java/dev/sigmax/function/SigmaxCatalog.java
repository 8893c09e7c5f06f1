package dev.sigmax.function;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The functions as a Spark catalog: with {@code spark.sql.catalog.sigmax} set to this class, {@code
 * sigmax.softmax(logits)} works in SQL and in {@code functions.call_function}.
 */
public final class SigmaxCatalog extends FunctionList {
  private static final Map<String, SigmaxFunction> FUNCTIONS = new TreeMap<>();

  static {
    for (SigmaxFunction function :
        List.of(
            new SigmoidFunction(),
            new SoftmaxFunction(),
            new LogSigmoidFunction(),
            new LogSoftmaxFunction(),
            new LogSumExpFunction(),
            new ArgMaxFunction(),
            new CrossEntropyFunction(),
            new BinaryCrossEntropyFunction(),
            new TopKFunction())) {
      FUNCTIONS.put(function.name(), function);
    }
  }

  /** For Spark, which makes it by name. */
  public SigmaxCatalog() {
    super(FUNCTIONS);
  }

  /** All functions, by name. */
  public static Map<String, SigmaxFunction> functions() {
    return Collections.unmodifiableMap(FUNCTIONS);
  }

  /** The function of this name, in any case. */
  public static Optional<SigmaxFunction> function(String name) {
    return Optional.ofNullable(FUNCTIONS.get(name.toLowerCase(Locale.ROOT)));
  }
}
