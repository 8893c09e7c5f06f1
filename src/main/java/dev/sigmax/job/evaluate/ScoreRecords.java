package dev.sigmax.job.evaluate;

import dev.sigmax.spark.TaskResults;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Turns rows into scores to sort, and at the end of a partition into its {@link LabelledSums}: one
 * pass over the input serves both.
 */
public final class ScoreRecords implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** What comes out: a score, or a tally in the last column. */
  public static final StructType SCHEMA =
      new StructType()
          .add("series", DataTypes.IntegerType)
          .add("bucket", DataTypes.IntegerType)
          .add("score", DataTypes.DoubleType)
          .add("held", DataTypes.BooleanType)
          .add("weight", DataTypes.DoubleType)
          .add("tally", DataTypes.BinaryType);

  private final EvaluationRule rule;

  /** Records of rows with logits or probabilities, label texts, weight, file and row, in order. */
  public ScoreRecords(EvaluationRule rule) {
    this.rule = rule;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Records(rule, rows);
  }

  private static final class Records implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final LabelledSums tally = new LabelledSums();
    private final RowEvaluator evaluator;
    private final RowReader reader;
    private final Queue<Row> pending = new ArrayDeque<>();
    private boolean ended;

    Records(EvaluationRule rule, Iterator<Row> rows) {
      this.rows = rows;
      this.evaluator =
          new RowEvaluator(
              rule,
              tally,
              (series, score, held, weight) ->
                  pending.add(
                      RowFactory.create(
                          series, Series.bucket(score), score, held, weight, (Object) null)));
      this.reader = new RowReader(evaluator.truth(), tally);
    }

    @Override
    public boolean hasNext() {
      while (pending.isEmpty() && rows.hasNext()) {
        if (reader.read(rows.next())) {
          evaluator.evaluate(reader.values(), reader.weight());
        }
      }
      if (pending.isEmpty() && !ended) {
        ended = true;
        pending.add(
            RowFactory.create(
                Series.TALLY,
                TaskContext.getPartitionId(),
                0.0,
                false,
                0.0,
                TaskResults.bytes(tally)));
      }
      return !pending.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return pending.remove();
    }
  }
}
