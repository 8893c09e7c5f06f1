package dev.sigmax.function;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A Spark catalog that holds some functions, in no namespace, and nothing else. */
public abstract class FunctionList implements FunctionCatalog {
  private final Map<String, ? extends UnboundFunction> functions;
  private String name = "";

  /**
   * A catalog of functions.
   *
   * @param functions by their names in lower case; kept as it is
   */
  protected FunctionList(Map<String, ? extends UnboundFunction> functions) {
    this.functions = functions;
  }

  @Override
  public final void initialize(String catalogName, CaseInsensitiveStringMap options) {
    name = catalogName;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Identifier[] listFunctions(String[] namespace) {
    return namespace.length > 0
        ? new Identifier[0]
        : functions.keySet().stream()
            .map(function -> Identifier.of(namespace, function))
            .toArray(Identifier[]::new);
  }

  @Override
  public final UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    UnboundFunction function =
        identifier.namespace().length > 0
            ? null
            : functions.get(identifier.name().toLowerCase(Locale.ROOT));
    if (function == null) {
      throw new NoSuchFunctionException(identifier);
    }
    return function;
  }
}
