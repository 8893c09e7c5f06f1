package dev.sigmax.columnar.exec;

import dev.sigmax.columnar.score.BatchAdditions;
import dev.sigmax.columnar.score.ScoreCall;
import dev.sigmax.columnar.score.ScorePlan;
import dev.sigmax.columnar.score.Scores;
import dev.sigmax.columnar.score.WarmingScorer;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.parquet.read.PageBatches;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The batches of a task, scored as they are asked for. What it gives holds until the next. */
final class ScoredBatches implements Iterator<ColumnarBatch> {
  private final Iterator<ColumnarBatch> input;
  private final List<WarmingScorer> scorers = new ArrayList<>();
  private final ScoreVectors vectors;
  private final SQLMetric rows;
  private final SQLMetric batches;
  private final SQLMetric ownRows;
  private final int firstLogit;
  private final SQLMetric nanoseconds;

  /** Scores {@code input}; all buffers are released when the running task ends. */
  ScoredBatches(
      Iterator<ColumnarBatch> input,
      ScorePlan plan,
      SQLMetric rows,
      SQLMetric batches,
      SQLMetric ownRows,
      SQLMetric nanoseconds) {
    this.input = input;
    this.rows = rows;
    this.batches = batches;
    this.ownRows = ownRows;
    this.firstLogit = plan.scorings().get(0).logits().ordinals().get(0);
    this.nanoseconds = nanoseconds;
    for (ScoreCall scoring : plan.scorings()) {
      scorers.add(new WarmingScorer(scoring, Kernels.kernel()));
    }
    BufferAllocator allocator = ArrowMemory.allocator();
    this.vectors = new ScoreVectors(plan, allocator);
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskContext context) -> {
              vectors.close();
              allocator.close();
            });
  }

  @Override
  public boolean hasNext() {
    return input.hasNext();
  }

  @Override
  public ColumnarBatch next() {
    ColumnarBatch batch = input.next();
    long start = System.nanoTime();
    List<Scores> scores = new ArrayList<>();
    List<BatchAdditions> additions = new ArrayList<>();
    for (WarmingScorer scorer : scorers) {
      scores.add(scorer.score(batch));
      additions.add(scorer.additions());
    }
    ColumnarBatch scored = vectors.fill(batch, scores, additions);
    rows.add(batch.numRows());
    batches.add(1);
    if (PageBatches.reads(batch.column(firstLogit))) {
      ownRows.add(batch.numRows());
    }
    nanoseconds.add(System.nanoTime() - start);
    return scored;
  }
}
