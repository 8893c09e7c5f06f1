package dev.sigmax.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThreadLimitTest {
  /** As Java 17 says it. */
  private static final String SAID =
      "unable to create native thread: possibly out of memory or process/resource limits reached";

  @Test
  void aLimitOfThreadsIsToldAsThatWhereverItStandsAmongTheCauses() {
    ExternalException told =
        ThreadLimit.explain(new IllegalStateException(new OutOfMemoryError(SAID))).orElseThrow();
    assertEquals(ErrorName.NO_THREADS, told.name());
    assertTrue(told.getMessage().contains("ulimit -u"), told.getMessage());
    assertTrue(
        ThreadLimit.explain(
                new RuntimeException("Job aborted: java.lang.OutOfMemoryError: " + SAID))
            .isPresent());
  }

  @Test
  void aLackOfHeapIsNone() {
    assertEquals(Optional.empty(), ThreadLimit.explain(new OutOfMemoryError("Java heap space")));
  }
}
