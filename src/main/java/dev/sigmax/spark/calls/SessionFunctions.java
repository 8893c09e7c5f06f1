package dev.sigmax.spark.calls;

import dev.sigmax.function.SigmaxCatalog;
import dev.sigmax.function.SigmaxFunction;
import dev.sigmax.spark.SparkFit;
import java.lang.module.ModuleDescriptor.Version;
import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/** The functions in a session, by their names alone and by that of a catalog. */
public final class SessionFunctions {
  /** One list for all sessions: Spark warns of a function that replaces another. */
  private static final List<
          Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>>>
      FUNCTIONS =
          SigmaxCatalog.functions().values().stream().map(SessionFunctions::described).toList();

  /**
   * Up to Spark 4.1 permanent views and SQL functions refuse an extension's function as a temporary
   * one, unless it is in the registry that all sessions share. From 4.2 on it counts as built in;
   * there the shared registry would hide a session's own function of the same name.
   */
  private static final boolean EXTENSIONS_COUNT_AS_TEMPORARY =
      Version.parse(SparkFit.version()).compareTo(Version.parse("4.2")) < 0;

  private SessionFunctions() {}

  /** Gives them to the sessions that have these extensions. */
  public static void inject(SparkSessionExtensions extensions) {
    // Spark resolves hints before anything else, functions included.
    extensions.injectHintResolutionRule(CatalogArguments::new);
    extensions.injectResolutionRule(session -> new CatalogCalls());
    for (Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>>
        function : FUNCTIONS) {
      extensions.injectFunction(function);
      if (EXTENSIONS_COUNT_AS_TEMPORARY) {
        FunctionRegistry$.MODULE$
            .builtin()
            .registerFunction(function._1(), function._2(), function._3());
      }
    }
    // For columns that a client of Spark Connect makes of them.
    ColumnCall.register();
  }

  private static Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>>
      described(SigmaxFunction function) {
    return new Tuple3<>(
        FunctionIdentifier.apply(function.name()),
        FunctionHelp.of(function),
        arguments -> FunctionCall.of(function, arguments));
  }
}
