package dev.sigmax.job.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.error.ErrorName;
import org.junit.jupiter.api.Test;

/** What is said where the rows that a plan looks at cannot be read. */
class UnreadSampleTest {
  private static ErrorName told(Throwable failure) {
    return LogitSample.unread("file:/in.parquet", failure).name();
  }

  @Test
  void aHeapThatIsTooSmallIsNoDamagedFile() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    assertEquals(ErrorName.OUT_OF_MEMORY, told(error));
    // As parquet-java throws it where several columns are read at once.
    assertEquals(ErrorName.OUT_OF_MEMORY, told(new RuntimeException("reading failed", error)));
  }

  @Test
  void aPageThatMakesNoSenseIsADamagedFile() {
    assertEquals(ErrorName.FILE_UNREADABLE, told(new IllegalArgumentException("no such encoding")));
  }
}
