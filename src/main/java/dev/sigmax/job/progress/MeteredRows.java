package dev.sigmax.job.progress;

import dev.sigmax.spark.RunMetrics;

/** Counts the rows of one write in the metrics of all runs, and passes on what it hears of them. */
final class MeteredRows implements Progress {
  private final RunMetrics metrics;
  private final long logitsInRow;
  private final Progress progress;
  private long scored;
  private long written;

  MeteredRows(RunMetrics metrics, long logitsInRow, Progress progress) {
    this.metrics = metrics;
    this.logitsInRow = logitsInRow;
    this.progress = progress;
  }

  @Override
  public void phase(String what) {
    progress.phase(what);
  }

  @Override
  public void rows(RowsDone done) {
    count(done.scored(), done.written());
    progress.rows(done);
  }

  /** The write is over: what tasks did whose end was not heard of is counted too. */
  synchronized void count(long allScored, long allWritten) {
    metrics.scored(Math.max(0, allScored - scored), Math.max(0, allWritten - written), logitsInRow);
    scored = Math.max(scored, allScored);
    written = Math.max(written, allWritten);
  }
}
