package dev.sigmax.columnar.exec;

import dev.sigmax.columnar.scan.ArrowMemory;
import dev.sigmax.columnar.score.BatchAdditions;
import dev.sigmax.columnar.score.BatchScorer;
import dev.sigmax.columnar.score.ScoreCall;
import dev.sigmax.columnar.score.ScorePlan;
import dev.sigmax.columnar.score.Scores;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.parquet.read.PageBatches;
import dev.sigmax.spark.FooterNotes;
import dev.sigmax.tally.BadRowSamples;
import dev.sigmax.tally.TallyRule;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The batches of a task, scored as they are asked for. What it gives holds until the next. */
final class ScoredBatches implements Iterator<ColumnarBatch> {
  private final Iterator<ColumnarBatch> input;
  private final List<BatchScorer> scorers = new ArrayList<>();
  private final ScoreVectors vectors;
  private final ScoreMetrics metrics;
  private final int firstLogit;
  private final long begin = System.nanoTime();
  private long logits;

  /** Scores {@code input}; all buffers are released when the running task ends. */
  ScoredBatches(Iterator<ColumnarBatch> input, ScorePlan plan, ScoreMetrics metrics) {
    this.input = input;
    this.metrics = metrics;
    this.firstLogit = plan.scorings().get(0).logits().ordinals().get(0);
    for (ScoreCall scoring : plan.scorings()) {
      BatchScorer scorer = new BatchScorer(scoring, Kernels.kernel());
      scorers.add(scorer);
      if (!scoring.tally().isNone()) {
        FooterNotes.leave(TallyRule.FOOTER_KEY, () -> scorer.drainTally().orElseThrow());
      }
    }
    BufferAllocator allocator = ArrowMemory.allocator();
    this.vectors = new ScoreVectors(plan, allocator);
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskContext context) -> {
              try (allocator) {
                vectors.close();
              }
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
    for (BatchScorer scorer : scorers) {
      scores.add(scorer.score(batch));
      additions.add(scorer.additions());
      if (scorer.anyBadRow()) {
        scorer.forEachIssue(metrics.badRows()::add);
        if (scorer.judges()) {
          FooterNotes.leave(BadRowSamples.FOOTER_KEY, scorer::badRowSamples);
        }
      }
      long scored = scorer.logits();
      logits += scored;
      metrics.logits().add(scored);
    }
    ColumnarBatch output = vectors.fill(batch, scores, additions);
    metrics.rows().add(batch.numRows());
    metrics.batches().add(1);
    if (PageBatches.reads(batch.column(firstLogit))) {
      metrics.ownRows().add(batch.numRows());
    }
    long now = System.nanoTime();
    metrics.time().add(now - start);
    metrics.rate().set(logits * 1e9 / Math.max(1, now - begin));
    return output;
  }
}
