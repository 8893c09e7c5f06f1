package dev.sigmax.error;

import java.util.Objects;
import java.util.stream.Stream;

/** What a failure was caused by. */
public final class Causes {
  private Causes() {}

  /** The failure, its cause, the cause of that, and so on. */
  public static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  /** The last of them. */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** What the last of them says; its name where it says nothing. */
  public static String rootMessage(Throwable failure) {
    Throwable root = root(failure);
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
