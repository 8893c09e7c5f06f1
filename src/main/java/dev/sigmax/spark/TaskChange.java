package dev.sigmax.spark;

import org.apache.spark.TaskContext;

/**
 * Tells those who keep something from row to row that another task has come to run, to whose file
 * it does not belong. Not thread-safe.
 */
public final class TaskChange {
  private static final long NO_TASK = -1;

  private long attempt = NO_TASK;

  /** Whether the running attempt of a task is another than when this was last asked. */
  public boolean isAnother() {
    TaskContext task = TaskContext.get();
    long running = task == null ? NO_TASK : task.taskAttemptId();
    boolean another = running != attempt;
    attempt = running;
    return another;
  }
}
