package dev.sigmax.columnar.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.parquet.bytes.PageMemory;
import dev.sigmax.testing.SparkTest;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.util.ArrowUtils;
import org.junit.jupiter.api.Test;

/** The memory of a task's pages. */
class PagePoolTest extends SparkTest {
  private static final int ALL = 1 << 16;

  /** What comes of asking for all there is, and then for one byte more. */
  private static Iterator<String> ask(Iterator<Long> none) {
    BufferAllocator little = ArrowUtils.rootAllocator().newChildAllocator("little", 0, ALL);
    try (PagePool pool = new PagePool(little)) {
      pool.allocate(ALL).close();
      PageMemory.Block all = pool.allocate(ALL);
      try {
        pool.allocate(1).close();
        return List.of("got more than there is").iterator();
      } catch (OutOfMemoryError told) {
        return List.of(told.getClass().getName(), told.getMessage()).iterator();
      } finally {
        all.close();
      }
    }
  }

  @Test
  void aPageThatFindsNoMemoryIsNoDamageOfItsFile() {
    List<String> told =
        spark()
            .range(0, 1, 1, 1)
            .mapPartitions(
                (MapPartitionsFunction<Long, String>) PagePoolTest::ask, Encoders.STRING())
            .collectAsList();
    // Spark's own error for this ends a task and leaves its executor alone.
    assertEquals("org.apache.spark.memory.SparkOutOfMemoryError", told.get(0));
    assertTrue(told.get(1).contains("Unable to acquire 1 bytes of memory, got 0"), told.get(1));
  }
}
