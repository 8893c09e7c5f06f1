package dev.sigmax.job.run;

import dev.sigmax.columnar.plan.ScoreOutput;
import dev.sigmax.columnar.score.LogitSource;
import dev.sigmax.columnar.score.OutputColumn;
import dev.sigmax.columnar.score.ScoreCall;
import dev.sigmax.columnar.score.ScorePlan;
import dev.sigmax.function.score.ScoreFunction;
import dev.sigmax.input.InputTable;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.Layout;
import dev.sigmax.job.spec.Precision;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.ScoreNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The output that {@link ScoredRows} makes for rows, every row of it, as the columnar path takes
 * it: which column holds what, and no expressions.
 */
public final class ColumnarOutput {
  private static final int CALL = 0;

  private final ScoringPlan plan;
  private final StructType read;
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final StructType score;
  private final List<OutputColumn> columns = new ArrayList<>();
  private final List<StructField> fields = new ArrayList<>();

  private ColumnarOutput(ScoringPlan plan, StructType read) {
    this.plan = plan;
    this.read = read;
    this.score =
        ScoreFunction.resultType(plan.precision() == Precision.FLOAT, !plan.additions().isEmpty());
    for (String name : read.fieldNames()) {
      ordinals.put(name, ordinals.size());
    }
  }

  /** Whether a table's columns are those of its files: no field of a struct among them. */
  public static boolean serves(InputTable table) {
    return table.nested().isEmpty();
  }

  /**
   * The output: kept columns, probabilities, what is added, row_sum, row_issue.
   *
   * @param table the rows of the plan's table as they are read
   */
  public static Dataset<Row> of(ScoringPlan plan, Dataset<Row> table) {
    ColumnarOutput output = new ColumnarOutput(plan, table.schema());
    output.addColumns();
    return ScoreOutput.of(
        table,
        new ScorePlan(List.copyOf(output.columns), List.of(output.call())),
        new StructType(output.fields.toArray(new StructField[0])));
  }

  private void addColumns() {
    for (String name : plan.table().kept()) {
      columns.add(new OutputColumn.Kept(ordinals.get(name)));
      fields.add(read.apply(ordinals.get(name)));
    }
    addProbabilities();
    for (Addition added : plan.additions().columns()) {
      String field = ScoreNames.fieldOf(added, plan.rule().task());
      add(new OutputColumn.Added(CALL, added), added.columnName(), typeOf(field));
    }
    add(new OutputColumn.RowSum(CALL), ScoreNames.ROW_SUM, typeOf(ScoreNames.ROW_SUM));
    add(new OutputColumn.RowIssue(CALL), ScoreNames.ROW_ISSUE, typeOf(ScoreNames.ROW_ISSUE));
  }

  private void addProbabilities() {
    ArrayType type = (ArrayType) typeOf(ScoreNames.PROBABILITIES);
    List<String> names = plan.probabilityColumns();
    if (plan.layout() == Layout.ARRAY) {
      add(new OutputColumn.Probabilities(CALL), names.get(0), type);
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      add(new OutputColumn.Probability(CALL, i), names.get(i), type.elementType());
    }
  }

  private void add(OutputColumn column, String name, DataType type) {
    columns.add(column);
    fields.add(new StructField(name, type, true, Metadata.empty()));
  }

  private DataType typeOf(String field) {
    return score.apply(field).dataType();
  }

  private ScoreCall call() {
    return new ScoreCall(
        plan.judgedRule(),
        logits(),
        true,
        false,
        plan.precision() == Precision.FLOAT,
        plan.additions(),
        plan.tally());
  }

  private LogitSource logits() {
    List<String> names = plan.table().logits().columns();
    boolean array = plan.table().logits().array();
    List<DataType> types =
        names.stream()
            .map(name -> read.apply(ordinals.get(name)).dataType())
            .map(type -> array ? ((ArrayType) type).elementType() : type)
            .toList();
    return new LogitSource(
        array, names.stream().map(ordinals::get).toList(), types, plan.scoresFloats());
  }
}
