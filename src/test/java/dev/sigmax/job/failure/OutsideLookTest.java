package dev.sigmax.job.failure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a look at the world finds comes before a failure, and what hinders the look does not. */
class OutsideLookTest {
  private static Exception told(IOException failure, OutsideCause.Look look) {
    return assertThrows(
        Exception.class,
        () ->
            OutsideCause.first(
                look,
                () -> {
                  throw failure;
                }));
  }

  @Test
  void whatIsFoundIsToldWithTheFailure() {
    IOException failure = new IOException("a page");
    InputException changed = new InputException(ErrorName.INPUT_CHANGED, "written to");
    assertSame(
        changed,
        told(
            failure,
            () -> {
              throw changed;
            }));
    assertArrayEquals(new Throwable[] {failure}, changed.getSuppressed());
  }

  @Test
  void whatHindersTheLookDoesNotHideTheFailure() {
    for (Exception hindered :
        List.of(
            new IOException("no listing"),
            new ExternalException(ErrorName.OUTAGE, "no store"),
            new UncheckedIOException(new IOException("no folder")),
            new IllegalStateException("closed"))) {
      IOException failure = new IOException("a page");
      assertSame(
          failure,
          told(
              failure,
              () -> {
                if (hindered instanceof IOException e) {
                  throw e;
                }
                throw (RuntimeException) hindered;
              }));
      assertArrayEquals(new Throwable[] {hindered}, failure.getSuppressed());
    }
  }
}
