package dev.sigmax.columnar.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Shell;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;

/** What an executor says that was started without the flag, while the driver had it. */
class ArrowMemoryTest {
  /** An executor's JVM that is about to score. */
  static final class Executor {
    private Executor() {}

    public static void main(String[] arguments) {
      try (BufferAllocator allocator = ArrowMemory.allocator()) {
        allocator.buffer(8).close();
      }
    }
  }

  private static Shell.Result executor(String option) {
    return Shell.run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        option,
        "-cp",
        System.getProperty("java.class.path"),
        Executor.class.getName());
  }

  @Test
  void executorWithoutTheFlagNamesItAndWhereItBelongs() {
    Shell.Result run = executor("-Da=b");
    assertNotEquals(0, run.code());
    assertTrue(run.err().contains("an executor cannot score by columns: this JVM"), run.err());
    assertTrue(run.err().contains(ArrowMemory.FLAG), run.err());
    assertTrue(run.err().contains("spark.executor.extraJavaOptions"), run.err());
  }

  @Test
  void theFlagIsAllThatArrowNeeds() {
    Shell.Result run = executor(ArrowMemory.FLAG);
    assertEquals(0, run.code(), run.err());
    assertEquals(Optional.empty(), ArrowMemory.obstacle());
  }
}
