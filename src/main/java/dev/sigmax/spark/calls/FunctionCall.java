package dev.sigmax.spark.calls;

import dev.sigmax.function.ColumnsAsArray;
import dev.sigmax.function.SigmaxFunction;
import dev.sigmax.function.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InheritAnalysisRules;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.V2ExpressionUtils;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Enumeration;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A call of one of our functions while Spark analyses a query: it gives unnamed columns the call's
 * name, {@code softmax(logits)}. Spark's optimizer puts its {@code replacement}, a {@link
 * NamedCall}, in its place, as it does for many functions of its own. Spells out what Scala's
 * traits would mix in, since javac takes their methods for missing.
 */
public final class FunctionCall extends Expression
    implements RuntimeReplaceable, InheritAnalysisRules {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Seq<Expression> parameters;
  private final Expression replacement;

  /** Public for Spark, which copies expressions by this constructor. */
  public FunctionCall(String name, Seq<Expression> parameters, Expression replacement) {
    this.name = name;
    this.parameters = parameters;
    this.replacement = replacement;
  }

  /**
   * The call of {@code function} with these arguments, by place or by name.
   *
   * <p>Throws Spark's AnalysisException where the function does not take them.
   */
  public static Expression of(SigmaxFunction function, Seq<Expression> arguments) {
    Usage usage = function.usage();
    List<Expression> given =
        named(PositionalArguments.of(usage, CollectionConverters.asJava(arguments)));
    StructType types = types(given);
    ScalarFunction<?> bound = (ScalarFunction<?>) function.bind(types);
    new ConstantArguments(usage, given, types).require();
    return of(usage.name(), given, bound, given);
  }

  /**
   * The call of {@code function}, which takes an array of logits, with the logits in a column each.
   *
   * <p>Throws Spark's AnalysisException for a column that is no number.
   */
  static Expression ofColumns(SigmaxFunction function, Seq<Expression> columns) {
    List<Expression> given = named(CollectionConverters.asJava(columns));
    DataType logit = ColumnsAsArray.elementType(function, types(given));
    List<Expression> logits = new ArrayList<>();
    for (Expression column : given) {
      logits.add(
          column.dataType().equals(logit) ? column : Cast$.MODULE$.apply(column, logit, true));
    }
    List<Expression> array = List.of(new CreateArray(seq(logits), false));
    ScalarFunction<?> bound = (ScalarFunction<?>) function.bind(types(array));
    return of(function.name(), given, bound, array);
  }

  private static FunctionCall of(
      String name, List<Expression> written, ScalarFunction<?> bound, List<Expression> arguments) {
    return new FunctionCall(
        name,
        seq(written),
        new NamedCall(name, V2ExpressionUtils.resolveScalarFunction(bound, seq(arguments))));
  }

  private static List<Expression> named(List<Expression> arguments) {
    return arguments.stream().map(CatalogCalls::named).toList();
  }

  private static StructType types(List<Expression> arguments) {
    StructType types = new StructType();
    for (Expression argument : arguments) {
      types = types.add(PrettySql.of(argument), argument.dataType(), argument.nullable());
    }
    return types;
  }

  @Override
  public Expression replacement() {
    return replacement;
  }

  @Override
  public Expression child() {
    return replacement;
  }

  @Override
  public Seq<Expression> parameters() {
    return parameters;
  }

  @Override
  public Seq<Expression> children() {
    return seq(List.of(replacement));
  }

  @Override
  public Expression mapChildren(Function1<Expression, Expression> change) {
    return withNewChildren(seq(List.of(change.apply(replacement))));
  }

  @Override
  public boolean foldable() {
    return replacement.foldable();
  }

  @Override
  public boolean nullable() {
    return replacement.nullable();
  }

  @Override
  public DataType dataType() {
    return replacement.dataType();
  }

  @Override
  public String prettyName() {
    return name;
  }

  @Override
  public String makeSQLString(Seq<String> arguments) {
    return name + arguments.mkString("(", ", ", ")");
  }

  @Override
  public String sql() {
    List<String> arguments =
        CollectionConverters.asJava(parameters).stream().map(Expression::sql).toList();
    return makeSQLString(seq(arguments));
  }

  @Override
  public String toString() {
    return name + parameters.mkString("(", ", ", ")");
  }

  @Override
  @SuppressWarnings("unchecked")
  public Iterator<Object> flatArguments() {
    return (Iterator<Object>) (Iterator<?>) parameters.iterator();
  }

  /** The same call, whether it came by this name or by a catalog's. */
  @Override
  public Expression canonicalized() {
    return replacement instanceof NamedCall call
        ? call.method().canonicalized()
        : replacement.canonicalized();
  }

  @Override
  public Object eval(InternalRow input) {
    return replacement.eval(input);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return replacement.genCode(context);
  }

  @Override
  public Expression withNewChildInternal(Expression child) {
    return new FunctionCall(name, parameters, child);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return withNewChildInternal(children.head());
  }

  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return seq(List.of(TreePattern.RUNTIME_REPLACEABLE()));
  }

  /** Scala's way to set a trait's field; this class has a method in its place. */
  @Override
  public void
      org$apache$spark$sql$catalyst$expressions$RuntimeReplaceable$_setter_$nodePatterns_$eq(
          Seq<Enumeration.Value> patterns) {}

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> name;
      case 1 -> parameters;
      case 2 -> replacement;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof FunctionCall;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FunctionCall call
        && call.name.equals(name)
        && call.parameters.equals(parameters)
        && call.replacement.equals(replacement);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, parameters, replacement);
  }

  private static <T> Seq<T> seq(List<T> elements) {
    return CollectionConverters.asScala(elements).toSeq();
  }
}
