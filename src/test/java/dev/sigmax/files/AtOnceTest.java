package dev.sigmax.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many questions to a file system wait together, and are answered as one after the other. */
class AtOnceTest {
  private static final int MOST = 16;

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void answersComeInTheOrderOfTheirSubjects() throws IOException {
    assertEquals(
        IntStream.range(0, 1000).mapToObj(number -> "about " + number).toList(),
        AtOnce.ask(numbers(1000), number -> "about " + number));
    assertEquals(List.of(), AtOnce.ask(List.of(), subject -> subject));
  }

  @Test
  void sixteenQuestionsWaitTogether() throws IOException {
    CountDownLatch all = new CountDownLatch(MOST);
    assertEquals(
        IntStream.range(0, MOST).mapToObj(number -> true).toList(),
        AtOnce.ask(
            numbers(MOST),
            number -> {
              all.countDown();
              return awaits(all);
            }));
  }

  private static boolean awaits(CountDownLatch latch) throws IOException {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Test
  void aFailureComesAsItWasAndTheRestIsNotAsked() {
    AtomicInteger asked = new AtomicInteger();
    IOException out = new IOException("the store is out");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                AtOnce.ask(
                    numbers(100_000),
                    number -> {
                      asked.incrementAndGet();
                      throw out;
                    }));
    assertSame(out, thrown);
    assertTrue(asked.get() <= MOST, () -> asked + " were asked");
    IllegalStateException fault = new IllegalStateException("a fault of ours");
    assertSame(
        fault,
        assertThrows(
            IllegalStateException.class,
            () ->
                AtOnce.ask(
                    numbers(2),
                    number -> {
                      throw fault;
                    })));
  }

  @Test
  void anInterruptEndsTheWaitAndStays() {
    Thread.currentThread().interrupt();
    CountDownLatch never = new CountDownLatch(1);
    assertThrows(
        InterruptedIOException.class, () -> AtOnce.ask(numbers(2), number -> awaits(never)));
    assertTrue(Thread.interrupted());
  }
}
