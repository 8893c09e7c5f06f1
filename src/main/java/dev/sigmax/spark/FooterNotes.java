package dev.sigmax.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;

/**
 * What a task has to say in the footer of the file that it writes. A task computes its rows and
 * writes them in one thread, so what the one leaves the other finds.
 */
public final class FooterNotes {
  private static final ThreadLocal<FooterNotes> OF_THREAD =
      ThreadLocal.withInitial(FooterNotes::new);
  private static final long NO_TASK = -1;

  private final Map<String, Supplier<String>> notes = new HashMap<>();
  private long attempt = NO_TASK;

  private FooterNotes() {}

  /** Leaves a note, in the place of an earlier one of that key; asked for at each file's end. */
  public static void leave(String key, Supplier<String> note) {
    ofTask().notes.put(key, note);
  }

  /** The notes of the running task as they are now. */
  public static Map<String, String> take() {
    Map<String, String> taken = new HashMap<>();
    ofTask().notes.forEach((key, note) -> taken.put(key, note.get()));
    return taken;
  }

  private static FooterNotes ofTask() {
    FooterNotes own = OF_THREAD.get();
    TaskContext task = TaskContext.get();
    long running = task == null ? NO_TASK : task.taskAttemptId();
    if (own.attempt != running) {
      own.attempt = running;
      own.notes.clear();
      if (task != null) {
        // A thread may wait long for its next task, and notes hold whatever they are made of.
        task.addTaskCompletionListener((TaskContext ended) -> own.notes.clear());
      }
    }
    return own;
  }
}
