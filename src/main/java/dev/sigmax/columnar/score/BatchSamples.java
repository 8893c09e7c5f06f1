package dev.sigmax.columnar.score;

import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.parquet.vector.FileBatch;
import dev.sigmax.tally.BadRowSamples;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * The first bad rows of each issue, of batches that say where they stand in a file; those of
 * Spark's reader do not. Not thread-safe.
 */
final class BatchSamples {
  private final BadRowSamples samples = new BadRowSamples();

  void take(Scores scores, LogitBatch logits, ColumnarBatch batch) {
    if (!scores.anyIssue()
        || !(batch instanceof FileBatch rows)
        || rows.firstRow() == FileBatch.UNKNOWN) {
      return;
    }
    for (int i = 0; i < scores.rows(); i++) {
      if (!scores.isGood(i)) {
        take(scores.issue(i).orElseThrow(), rows.file(), rows.firstRow() + i, logits, i);
      }
    }
  }

  private void take(RowIssue issue, String file, long row, LogitBatch logits, int index) {
    if (samples.wants(issue.code(), file, row)) {
      samples.add(BadRowSamples.Sample.of(issue.code(), file, row, logits.values(index)));
    }
  }

  String text() {
    return samples.text();
  }
}
