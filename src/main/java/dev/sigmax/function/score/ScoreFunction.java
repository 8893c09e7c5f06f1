package dev.sigmax.function.score;

import dev.sigmax.function.LogitArrays;
import dev.sigmax.function.TypedFunction;
import dev.sigmax.kernel.RowScorer;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.spark.SparkValues;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * {@code score(logits, rule)}: a whole row in one pass, as a struct of probabilities, row_sum,
 * row_issue and what the rule adds. What the job is built from; {@link ScoreArguments} makes its
 * arguments.
 *
 * <p>Arrays of float give float, arrays of double give double; {@code score_as_float} gives float
 * from double, each probability computed in double and rounded once more. A sum tolerance of NaN
 * stands for what the arithmetic promises.
 */
public final class ScoreFunction implements UnboundFunction {
  private static final String NAME = "score";
  private static final String NAME_AS_FLOAT = "score_as_float";
  private static final String NAME_ADDING = "score_adding";
  private static final String NAME_ADDING_AS_FLOAT = "score_adding_as_float";

  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);
  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);

  private final boolean doubleToFloat;
  private final ScoredRow.Fields fields;

  private ScoreFunction(boolean doubleToFloat, ScoredRow.Fields fields) {
    this.doubleToFloat = doubleToFloat;
    this.fields = fields;
  }

  /** All forms; what a score holds must be known before the rule is. */
  static List<ScoreFunction> all() {
    return List.of(
        new ScoreFunction(false, ScoredRow.Fields.PLAIN),
        new ScoreFunction(true, ScoredRow.Fields.PLAIN),
        new ScoreFunction(false, ScoredRow.Fields.WITH_ADDITIONS),
        new ScoreFunction(true, ScoredRow.Fields.WITH_ADDITIONS));
  }

  /**
   * The struct that a score is.
   *
   * @param isFloat whether its probabilities are float; else double
   * @param adding whether it has the fields of what a rule adds
   */
  public static StructType resultType(boolean isFloat, boolean adding) {
    return ScoredRow.type(
        isFloat ? DataTypes.FloatType : DataTypes.DoubleType,
        adding ? ScoredRow.Fields.WITH_ADDITIONS : ScoredRow.Fields.PLAIN);
  }

  @Override
  public String name() {
    return switch (fields) {
      case PLAIN -> doubleToFloat ? NAME_AS_FLOAT : NAME;
      case WITH_ADDITIONS -> doubleToFloat ? NAME_ADDING_AS_FLOAT : NAME_ADDING;
    };
  }

  @Override
  public String description() {
    return name() + "(logits, rule): probabilities, row_sum and row_issue of a row";
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    if (inputType.fields().length != 2
        || !(inputType.fields()[0].dataType() instanceof ArrayType logits)) {
      throw new UnsupportedOperationException(description());
    }
    boolean floats = logits.elementType().equals(DataTypes.FloatType);
    if (doubleToFloat) {
      return new DoublesToFloats(name(), fields);
    }
    return floats ? new Floats(name(), fields) : new Doubles(name(), fields);
  }

  /** array of float → float probabilities. */
  public static final class Floats extends TypedFunction<InternalRow> {
    private static final long serialVersionUID = 1L;

    Floats(String name, ScoredRow.Fields fields) {
      super(name, ScoreArguments.types(FLOATS), ScoredRow.type(DataTypes.FloatType, fields));
    }

    /** Scores one row. */
    public static InternalRow invoke(ArrayData logits, UTF8String rule) {
      if (LogitArrays.isIncomplete(logits)) {
        return ScoredRow.bad(RowIssue.NULL);
      }
      ThreadScorer own = ThreadScorer.of(rule);
      RowScorer scorer = own.scorer();
      float[] values = logits.toFloatArray();
      float[] probabilities = new float[scorer.rule().probabilities()];
      RowIssue issue = scorer.score(values, values.length, probabilities);
      if (issue != null) {
        return ScoredRow.bad(issue);
      }
      InternalRow scored = ScoredRow.good(SparkValues.array(probabilities), scorer.rowSum());
      float[] logitsOfRow = scorer.rule().logits(values);
      if (own.tally().isPresent()) {
        own.tally().get().take(probabilities, scorer.rowSum(), logitsOfRow);
      }
      if (own.additions().isPresent()) {
        own.additions().get().takeLogits(logitsOfRow, scorer.rowSum());
        own.additions().get().fill(scored, probabilities);
      }
      return scored;
    }
  }

  /** array of double → double probabilities. */
  public static final class Doubles extends TypedFunction<InternalRow> {
    private static final long serialVersionUID = 1L;

    Doubles(String name, ScoredRow.Fields fields) {
      super(name, ScoreArguments.types(DOUBLES), ScoredRow.type(DataTypes.DoubleType, fields));
    }

    /** Scores one row. */
    public static InternalRow invoke(ArrayData logits, UTF8String rule) {
      if (LogitArrays.isIncomplete(logits)) {
        return ScoredRow.bad(RowIssue.NULL);
      }
      ThreadScorer own = ThreadScorer.of(rule);
      RowScorer scorer = own.scorer();
      double[] values = logits.toDoubleArray();
      double[] probabilities = new double[scorer.rule().probabilities()];
      RowIssue issue = scorer.score(values, values.length, probabilities);
      if (issue != null) {
        return ScoredRow.bad(issue);
      }
      InternalRow scored = ScoredRow.good(SparkValues.array(probabilities), scorer.rowSum());
      double[] logitsOfRow = scorer.rule().logits(values);
      if (own.tally().isPresent()) {
        own.tally().get().take(probabilities, scorer.rowSum(), logitsOfRow);
      }
      if (own.additions().isPresent()) {
        own.additions().get().takeLogits(logitsOfRow, scorer.rowSum());
        own.additions().get().fill(scored, probabilities);
      }
      return scored;
    }
  }

  /** array of double → float probabilities. */
  public static final class DoublesToFloats extends TypedFunction<InternalRow> {
    private static final long serialVersionUID = 1L;

    DoublesToFloats(String name, ScoredRow.Fields fields) {
      super(name, ScoreArguments.types(DOUBLES), ScoredRow.type(DataTypes.FloatType, fields));
    }

    /** Scores one row. */
    public static InternalRow invoke(ArrayData logits, UTF8String rule) {
      if (LogitArrays.isIncomplete(logits)) {
        return ScoredRow.bad(RowIssue.NULL);
      }
      ThreadScorer own = ThreadScorer.of(rule);
      RowScorer scorer = own.scorer();
      double[] values = logits.toDoubleArray();
      float[] probabilities = new float[scorer.rule().probabilities()];
      RowIssue issue = scorer.score(values, values.length, probabilities);
      if (issue != null) {
        return ScoredRow.bad(issue);
      }
      InternalRow scored = ScoredRow.good(SparkValues.array(probabilities), scorer.rowSum());
      double[] logitsOfRow = scorer.rule().logits(values);
      if (own.tally().isPresent()) {
        own.tally().get().take(probabilities, scorer.rowSum(), logitsOfRow);
      }
      if (own.additions().isPresent()) {
        own.additions().get().takeLogits(logitsOfRow, scorer.rowSum());
        own.additions().get().fill(scored, probabilities);
      }
      return scored;
    }
  }
}
