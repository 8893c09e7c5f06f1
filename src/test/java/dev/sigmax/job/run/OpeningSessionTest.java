package dev.sigmax.job.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpeningSessionTest {
  @Test
  void aRunGoesOnWhileItsSessionOpens() throws InterruptedException {
    CountDownLatch mayOpen = new CountDownLatch(1);
    CountDownLatch opened = new CountDownLatch(1);
    OpeningSession session =
        OpeningSession.begin(
            () -> {
              await(mayOpen);
              opened.countDown();
              return null;
            });

    assertFalse(session.isOpen());
    mayOpen.countDown();
    assertTrue(opened.await(1, TimeUnit.MINUTES));
    assertSame(null, session.get());
    assertTrue(session.isOpen());
  }

  @Test
  void whoAsksIsToldWhySparkDoesNotStart() {
    UsageException why = new UsageException(ErrorName.SPARK_DOES_NOT_START, "no such master");
    OpeningSession session =
        OpeningSession.begin(
            () -> {
              throw why;
            });

    assertSame(why, assertThrows(UsageException.class, session::get));
    assertSame(why, assertThrows(UsageException.class, session::get));
    assertFalse(session.isOpen());
  }

  @Test
  void aLinkageErrorStaysOne() {
    OpeningSession session =
        OpeningSession.begin(
            () -> {
              throw new NoSuchMethodError("gone");
            });

    assertEquals("gone", assertThrows(NoSuchMethodError.class, session::get).getMessage());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
