package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServingTest {
  private static final int COUNT = 100;
  private static final long FAST = 0;
  private static final long SLOW = TimeUnit.SECONDS.toNanos(10);

  private final Kernel scalar = ScalarKernel.INSTANCE;
  private final Kernel vector = new VectorKernel();
  private final Serving serving = new Serving(scalar, vector);

  /** Calls a kernel that has taken so many nanoseconds. */
  private void served(Kernel kernel, long nanoseconds) {
    serving.end(kernel, COUNT, System.nanoTime() - nanoseconds);
  }

  private int servedByVectors(int calls) {
    int vectors = 0;
    for (int i = 0; i < calls; i++) {
      vectors += serving.next() == vector ? 1 : 0;
    }
    return vectors;
  }

  @Test
  void oneCallInEightIsTriedByVectorsWhileTheyAreSlower() {
    served(scalar, FAST);
    served(vector, SLOW);
    assertEquals(10, servedByVectors(80));
  }

  @Test
  void vectorsServeOnceTheyAreFaster() {
    served(scalar, SLOW);
    served(vector, FAST);
    assertEquals(80, servedByVectors(80));
  }

  @Test
  void aSlowCallThatEndsLateDoesNotTakeItBack() {
    served(scalar, SLOW);
    served(vector, FAST);
    served(vector, 2 * SLOW);
    assertSame(vector, serving.next());
  }

  @Test
  void aCallWithoutValuesSaysNothing() {
    served(scalar, SLOW);
    serving.end(vector, 0, System.nanoTime());
    assertEquals(10, servedByVectors(80));
  }

  @Test
  void vectorsServeInTheEndThoughTheyAreNeverFaster() {
    served(scalar, FAST);
    for (int i = 0; i < 20_000; i++) {
      assertSame(i % 8 == 7 ? vector : scalar, serving.next());
      served(vector, SLOW);
    }
    assertEquals(80, servedByVectors(80));
  }
}
