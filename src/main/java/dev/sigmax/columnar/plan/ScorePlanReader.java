package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.score.LogitSource;
import dev.sigmax.columnar.score.OutputColumn;
import dev.sigmax.columnar.score.ScoreCall;
import dev.sigmax.columnar.score.ScorePlan;
import dev.sigmax.function.SigmoidFunction;
import dev.sigmax.function.SoftmaxFunction;
import dev.sigmax.function.score.ScoreArguments;
import dev.sigmax.function.score.ScoreFunction;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.kernel.rule.Temperature;
import dev.sigmax.spark.calls.NamedCall;
import dev.sigmax.tally.TallyRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetArrayItem;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import scala.jdk.javaapi.CollectionConverters;

/** Reads a projection's expressions as a {@link ScorePlan}, or declines. */
final class ScorePlanReader {
  /** Never more than this away from 1: a function that judges nothing. */
  private static final double ANY_SUM = Double.POSITIVE_INFINITY;

  private final Map<ExprId, Integer> ordinals = new HashMap<>();
  private final Map<Expression, Integer> known = new HashMap<>();
  private final List<ScoreCall> scorings = new ArrayList<>();

  private ScorePlanReader(List<Attribute> input) {
    for (Attribute attribute : input) {
      ordinals.put(attribute.exprId(), ordinals.size());
    }
  }

  /** The plan of {@code projections}, which refer to nothing but {@code input}. */
  static ScorePlan plan(List<NamedExpression> projections, List<Attribute> input)
      throws UnsupportedPlan {
    ScorePlanReader reader = new ScorePlanReader(input);
    List<OutputColumn> columns = new ArrayList<>();
    for (NamedExpression projection : projections) {
      columns.add(reader.column((Expression) projection));
    }
    return new ScorePlan(List.copyOf(columns), List.copyOf(reader.scorings));
  }

  private OutputColumn column(Expression expression) throws UnsupportedPlan {
    if (expression instanceof Alias alias) {
      return column(alias.child());
    }
    if (expression instanceof Attribute attribute) {
      return new OutputColumn.Kept(ordinal(attribute));
    }
    if (expression instanceof GetStructField field
        && NamedCall.unnamed(field.child()) instanceof StaticInvoke call) {
      int scoring = scoring(call);
      return switch (field.extractFieldName()) {
        case ScoreNames.PROBABILITIES -> new OutputColumn.Probabilities(scoring);
        case ScoreNames.ROW_SUM -> new OutputColumn.RowSum(scoring);
        case ScoreNames.ROW_ISSUE -> new OutputColumn.RowIssue(scoring);
        default -> added(scoring, field.extractFieldName());
      };
    }
    if (expression instanceof GetArrayItem item && item.ordinal() instanceof Literal index) {
      return item(item.child(), ((Number) index.value()).intValue());
    }
    if (NamedCall.unnamed(expression) instanceof StaticInvoke call) {
      int scoring = scoring(call);
      return call.dataType() instanceof ArrayType
          ? new OutputColumn.Probabilities(scoring)
          : new OutputColumn.Probability(scoring, 0);
    }
    throw new UnsupportedPlan("it computes " + expression.prettyName() + " beside the scores");
  }

  private OutputColumn added(int scoring, String field) throws UnsupportedPlan {
    ScoreCall call = scorings.get(scoring);
    for (Addition addition : call.additions().columns()) {
      if (ScoreNames.fieldOf(addition, call.rule().task()).equals(field)) {
        return new OutputColumn.Added(scoring, addition);
      }
    }
    throw new UnsupportedPlan("it takes " + field + " of a score that does not add it");
  }

  private OutputColumn item(Expression array, int index) throws UnsupportedPlan {
    Expression call =
        array instanceof GetStructField field && field.ordinal() == 0 ? field.child() : array;
    if (NamedCall.unnamed(call) instanceof StaticInvoke function) {
      int scoring = scoring(function);
      ScoreCall of = scorings.get(scoring);
      if (!of.anyLength() && index >= 0 && index < of.rule().probabilities()) {
        return new OutputColumn.Probability(scoring, index);
      }
    }
    throw new UnsupportedPlan("it takes an element of an array that may not have it");
  }

  private int scoring(StaticInvoke call) throws UnsupportedPlan {
    Integer before = known.get(call.canonicalized());
    if (before == null) {
      before = scorings.size();
      scorings.add(read(call));
      known.put(call.canonicalized(), before);
    }
    return before;
  }

  private ScoreCall read(StaticInvoke call) throws UnsupportedPlan {
    List<Expression> arguments = CollectionConverters.asJava(call.arguments());
    Class<?> function = call.staticObject();
    if (function == ScoreFunction.Floats.class || function == ScoreFunction.Doubles.class) {
      return score(arguments, function == ScoreFunction.Floats.class);
    }
    if (function == ScoreFunction.DoublesToFloats.class) {
      return score(arguments, true);
    }
    if (function == SoftmaxFunction.OfFloatArray.class) {
      return function(Task.MULTICLASS, arguments, true);
    }
    if (function == SoftmaxFunction.OfDoubleArray.class) {
      return function(Task.MULTICLASS, arguments, false);
    }
    if (function == SigmoidFunction.OfFloatArray.class
        || function == SigmoidFunction.OfFloat.class) {
      return function(Task.MULTILABEL, arguments, true);
    }
    if (function == SigmoidFunction.OfDoubleArray.class
        || function == SigmoidFunction.OfDouble.class) {
      return function(Task.MULTILABEL, arguments, false);
    }
    throw new UnsupportedPlan("it calls " + function.getSimpleName());
  }

  private ScoreCall score(List<Expression> arguments, boolean isFloat) throws UnsupportedPlan {
    LogitSource logits = logits(arguments.get(0));
    String literal = literal(arguments.get(1)).toString();
    return new ScoreCall(
        ScoreArguments.fromLiteral(literal),
        logits,
        true,
        false,
        isFloat,
        ScoreArguments.additionsFromLiteral(literal),
        ScoreArguments.tallyFromLiteral(literal));
  }

  private ScoreCall function(Task task, List<Expression> arguments, boolean isFloat)
      throws UnsupportedPlan {
    LogitSource logits = logits(arguments.get(0));
    double temperature = arguments.size() > 1 ? (Double) literal(arguments.get(1)) : 1;
    if (!Temperature.isServed(temperature)) {
      throw new UnsupportedPlan("its temperature is refused as rows come");
    }
    int classes = logits.array() ? 1 : logits.ordinals().size();
    ScoringRule rule =
        new ScoringRule(task, Math.max(1, classes), temperature, NonFinite.PROPAGATE, ANY_SUM);
    return new ScoreCall(
        rule, logits, false, logits.array(), isFloat, Additions.NONE, TallyRule.NONE);
  }

  private static Object literal(Expression expression) throws UnsupportedPlan {
    if (expression instanceof Literal literal && literal.value() != null) {
      return literal.value();
    }
    throw new UnsupportedPlan("an argument after the logits is not a constant");
  }

  private LogitSource logits(Expression expression) throws UnsupportedPlan {
    if (expression instanceof CreateArray array) {
      List<Integer> columns = new ArrayList<>();
      List<DataType> types = new ArrayList<>();
      for (Expression element : CollectionConverters.asJava(array.children())) {
        columns.add(ordinal(uncast(element)));
        types.add(numeric(uncast(element).dataType()));
      }
      if (columns.isEmpty()) {
        throw new UnsupportedPlan("its array has no elements");
      }
      return new LogitSource(
          false,
          List.copyOf(columns),
          List.copyOf(types),
          isSingle(array.dataType().elementType()));
    }
    Expression column = uncast(expression);
    if (column.dataType() instanceof ArrayType array) {
      return new LogitSource(
          true,
          List.of(ordinal(column)),
          List.of(numeric(array.elementType())),
          isSingle(((ArrayType) expression.dataType()).elementType()));
    }
    return new LogitSource(
        false,
        List.of(ordinal(column)),
        List.of(numeric(column.dataType())),
        isSingle(expression.dataType()));
  }

  private static boolean isSingle(DataType type) {
    return type.equals(DataTypes.FloatType);
  }

  /** What is cast to the logits' type, if that only widens it; the cast itself else. */
  private static Expression uncast(Expression expression) {
    return expression instanceof Cast cast && widens(cast.child().dataType(), cast.dataType())
        ? cast.child()
        : expression;
  }

  private static boolean widens(DataType from, DataType to) {
    if (from instanceof ArrayType source && to instanceof ArrayType target) {
      return widens(source.elementType(), target.elementType());
    }
    return to.equals(DataTypes.DoubleType) || from.equals(to);
  }

  private static DataType numeric(DataType type) throws UnsupportedPlan {
    if (type.equals(DataTypes.FloatType)
        || type.equals(DataTypes.DoubleType)
        || type instanceof IntegralType
        || type instanceof DecimalType) {
      return type;
    }
    throw new UnsupportedPlan("its logits are " + type.catalogString());
  }

  private int ordinal(Expression expression) throws UnsupportedPlan {
    if (expression instanceof Attribute attribute && ordinals.containsKey(attribute.exprId())) {
      return ordinals.get(attribute.exprId());
    }
    throw new UnsupportedPlan("its logits are computed: " + expression.prettyName());
  }
}
