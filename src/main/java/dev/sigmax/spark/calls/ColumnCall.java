package dev.sigmax.spark.calls;

import dev.sigmax.function.SigmaxCatalog;
import dev.sigmax.function.SigmaxFunction;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Column$;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.Function1;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Our functions as columns, in any session: what Spark's own Column API calls by name it looks up
 * in one registry of the JVM, which neither a session's settings nor its temporary functions
 * change. Over Spark Connect the server does, which has them from its extension.
 */
public final class ColumnCall {
  private static final String PREFIX = "sigmax.";
  private static final String OF_COLUMNS = ".columns";
  private static final String REGISTRY = "org.apache.spark.sql.catalyst.analysis.FunctionRegistry";

  private ColumnCall() {}

  /** A call of the function with this name; a client of Spark Connect only names it. */
  public static Column of(String function, List<Column> arguments) {
    return call(PREFIX + function, arguments);
  }

  /** A call of a function that takes an array of logits, with the logits in a column each. */
  public static Column ofColumns(String function, List<Column> logits) {
    return call(PREFIX + function + OF_COLUMNS, logits);
  }

  private static Column call(String name, List<Column> arguments) {
    if (Registry.IS_HERE) {
      register();
    }
    return Column$.MODULE$.internalFn(name, CollectionConverters.asScala(arguments).toSeq());
  }

  /** Lets columns name the functions. Again is as once. */
  public static void register() {
    Registered.once();
  }

  private static final class Registry {
    static final boolean IS_HERE = isHere();

    private static boolean isHere() {
      try {
        Class.forName(REGISTRY, false, ColumnCall.class.getClassLoader());
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }

  private static final class Registered {
    static {
      for (SigmaxFunction function : SigmaxCatalog.functions().values()) {
        String name = PREFIX + function.name();
        register(name, function, arguments -> FunctionCall.of(function, arguments));
        register(name + OF_COLUMNS, function, columns -> FunctionCall.ofColumns(function, columns));
      }
    }

    private static void register(
        String name, SigmaxFunction function, Function1<Seq<Expression>, Expression> call) {
      FunctionRegistry$.MODULE$
          .internal()
          .registerFunction(FunctionIdentifier.apply(name), FunctionHelp.of(function), call);
    }

    static void once() {}
  }
}
