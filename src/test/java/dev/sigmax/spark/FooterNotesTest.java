package dev.sigmax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sigmax.testing.SparkTest;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.junit.jupiter.api.Test;

/** Notes of tasks, which run on threads of this process. */
class FooterNotesTest extends SparkTest {
  private static final AtomicReference<WeakReference<byte[]>> HELD = new AtomicReference<>();
  private static final ConcurrentLinkedQueue<Map<String, String>> TAKEN =
      new ConcurrentLinkedQueue<>();
  private static final int MOST_COLLECTIONS = 50;

  private static void runTask(ForeachPartitionFunction<Long> body) {
    spark().range(0, 1, 1, 1).foreachPartition(body);
  }

  @Test
  void aTaskTakesItsOwnNotes() {
    TAKEN.clear();
    runTask(
        rows -> {
          FooterNotes.leave("a", () -> "1");
          FooterNotes.leave("a", () -> "2");
          TAKEN.add(FooterNotes.take());
        });
    runTask(rows -> TAKEN.add(FooterNotes.take()));
    assertEquals(Map.of("a", "2"), TAKEN.poll());
    assertEquals(Map.of(), TAKEN.poll());
  }

  @Test
  void notesAreLetGoWhenTheirTaskEnds() {
    runTask(
        rows -> {
          byte[] counts = new byte[1 << 20];
          HELD.set(new WeakReference<>(counts));
          FooterNotes.leave("a", () -> String.valueOf(counts.length));
        });
    for (int i = 0; i < MOST_COLLECTIONS && HELD.get().get() != null; i++) {
      System.gc();
    }
    assertNull(HELD.get().get(), "a thread holds the notes of a task that has ended");
  }
}
