package dev.sigmax.job.run;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.sigmax.function.score.ScoreArguments;
import dev.sigmax.input.ColumnNames;
import dev.sigmax.input.InputTable;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.Layout;
import dev.sigmax.job.spec.Precision;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.ScoreNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows with their score beside them, by one call of one typed function; and the tables that are
 * made of them.
 */
public final class ScoredRows {
  private static final String SCORE = "sigmax.score";
  private static final String ADDING = "_adding";
  private static final String AS_FLOAT = "_as_float";

  private final ScoringPlan plan;
  private final Dataset<Row> scored;
  private final Column score;
  private final Optional<Place> place;

  /** The columns that say where a row was read. */
  private record Place(String file, String row) {
    List<Column> columns(Dataset<Row> rows) {
      Column metadata = rows.metadataColumn("_metadata");
      return List.of(
          metadata.getField("file_path").as(file), metadata.getField("row_index").as(row));
    }
  }

  private ScoredRows(
      ScoringPlan plan, Dataset<Row> rows, List<Column> beside, Optional<Place> place) {
    this.plan = plan;
    this.place = place;
    String name = unusedName(rows, "sigmax_score");
    List<Column> columns = new ArrayList<>(beside);
    columns.add(scoreOf(plan).as(name));
    this.scored = rows.select(columns.toArray(new Column[0]));
    this.score = ColumnNames.column(name);
  }

  /** All columns of {@code rows}, scored. */
  public static ScoredRows of(ScoringPlan plan, Dataset<Row> rows) {
    return new ScoredRows(
        plan, rows, List.of(ColumnNames.columns(List.of(rows.columns()))), Optional.empty());
  }

  /** The same; the first bad rows are also left for the footers of the files that are written. */
  public static ScoredRows sampled(ScoringPlan plan, Dataset<Row> rows) {
    Place place = new Place(unusedName(rows, "sigmax_file"), unusedName(rows, "sigmax_row"));
    List<Column> beside = new ArrayList<>(List.of(ColumnNames.columns(List.of(rows.columns()))));
    beside.addAll(place.columns(rows));
    return new ScoredRows(plan, rows, beside, Optional.of(place));
  }

  /** Where each row of {@code rows} stood, its logits as an array, and its score. */
  static ScoredRows located(ScoringPlan plan, Dataset<Row> rows) {
    List<Column> beside = new ArrayList<>(new Place("file", "row").columns(rows));
    beside.add(logits(plan).as("logits"));
    return new ScoredRows(plan, rows, beside, Optional.empty());
  }

  /** The output: kept columns, probabilities, what is added, row_sum, row_issue. */
  public Dataset<Row> output(boolean withBadRows) {
    Dataset<Row> wanted = withBadRows ? scored : where(issue().isNull());
    return wanted.select(outputColumns().toArray(new Column[0]));
  }

  /**
   * Every row as the output has it, then what else was read of it, then its logits as one array of
   * doubles by the name {@code logits}.
   */
  public Dataset<Row> withLogits(String logits) {
    List<String> others = new ArrayList<>(Arrays.asList(scored.columns()));
    others.remove(others.size() - 1);
    others.removeAll(plan.table().kept());
    others.removeAll(plan.outputColumns());
    List<Column> columns = outputColumns();
    columns.addAll(Arrays.asList(ColumnNames.columns(others)));
    columns.add(logits(plan.table(), DataTypes.DoubleType).as(logits));
    return scored.select(columns.toArray(new Column[0]));
  }

  private List<Column> outputColumns() {
    List<Column> columns = new ArrayList<>();
    for (String name : plan.table().kept()) {
      columns.add(ColumnNames.column(name).as(plan.table().outputName(name)));
    }
    Column probabilities = score.getField(ScoreNames.PROBABILITIES);
    List<String> names = plan.probabilityColumns();
    if (plan.layout() == Layout.ARRAY) {
      columns.add(probabilities.as(names.get(0)));
    } else {
      for (int i = 0; i < names.size(); i++) {
        columns.add(probabilities.getItem(i).as(names.get(i)));
      }
    }
    for (Addition added : plan.additions().columns()) {
      String field = ScoreNames.fieldOf(added, plan.rule().task());
      columns.add(score.getField(field).as(added.columnName()));
    }
    columns.add(score.getField(ScoreNames.ROW_SUM).as(ScoreNames.ROW_SUM));
    columns.add(issueAsWritten().as(ScoreNames.ROW_ISSUE));
    return columns;
  }

  /** The bad rows: every column beside the score as it is, then the issue. */
  Dataset<Row> badRows() {
    List<String> names = new ArrayList<>(Arrays.asList(scored.columns()));
    names.remove(names.size() - 1);
    return badRows(names);
  }

  /**
   * The bad rows of {@code rows}, whole, then their issue; the first of them are also left for the
   * footers of the files that they are written to.
   */
  public static Dataset<Row> quarantine(ScoringPlan plan, Dataset<Row> rows) {
    List<String> names = new ArrayList<>(List.of(rows.columns()));
    names.removeAll(plan.table().nested().keySet());
    return sampled(plan, rows).badRows(names);
  }

  private Dataset<Row> badRows(List<String> names) {
    List<Column> columns = new ArrayList<>(List.of(ColumnNames.columns(names)));
    columns.add(issueAsWritten().as(ScoreNames.ROW_ISSUE));
    return where(issue().isNotNull()).select(columns.toArray(new Column[0]));
  }

  /**
   * Some of the rows. Spark's strategy for scans would copy the score into the filter on its issue,
   * and so score each row twice; it does not look through an observation.
   */
  private Dataset<Row> where(Column condition) {
    return scored.observe(SCORE, count(lit(1))).where(condition);
  }

  private Column issue() {
    return score.getField(ScoreNames.ROW_ISSUE);
  }

  private Column issueAsWritten() {
    return place
        .map(
            at ->
                SampledIssue.of(
                    issue(),
                    ColumnNames.column(at.file()),
                    ColumnNames.column(at.row()),
                    logits(plan)))
        .orElseGet(this::issue);
  }

  private static Column scoreOf(ScoringPlan plan) {
    boolean narrow = plan.precision() == Precision.FLOAT && !plan.scoresFloats();
    return call_function(
        SCORE + (plan.additions().isEmpty() ? "" : ADDING) + (narrow ? AS_FLOAT : ""),
        ScoreArguments.toColumns(logits(plan), plan.judgedRule(), plan.additions(), plan.tally()));
  }

  private static Column logits(ScoringPlan plan) {
    return logits(plan.table(), logitType(plan));
  }

  /** The logits of a row as one array of {@code type}; null where a null array column is. */
  public static Column logits(InputTable table, DataType type) {
    Column[] columns = ColumnNames.columns(table.logits().columns());
    if (table.logits().array()) {
      return columns[0].cast(DataTypes.createArrayType(type));
    }
    return array(Arrays.stream(columns).map(column -> column.cast(type)).toArray(Column[]::new));
  }

  private static DataType logitType(ScoringPlan plan) {
    return plan.scoresFloats() ? DataTypes.FloatType : DataTypes.DoubleType;
  }

  private static String unusedName(Dataset<Row> rows, String wanted) {
    String name = wanted;
    while (Arrays.asList(rows.columns()).contains(name)) {
      name += "_";
    }
    return name;
  }
}
