package dev.sigmax.spark.calls;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.trees.CurrentOrigin$;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.internal.SqlApiConf;
import org.apache.spark.sql.internal.SqlApiConf$;
import scala.Option;

/**
 * Where a column was made, for analysis errors: {@code "softmax" was called from Report.java:12}.
 * Spark takes the caller of its own classes for the user, and that would be us.
 */
public final class CallSite {
  private static final String FRAMES = "stackTrace";

  private CallSite() {}

  /** What {@code column} makes, said to be made by whoever called {@code door}. */
  public static Column outside(Class<?> door, Supplier<Column> column) {
    Origin before = CurrentOrigin$.MODULE$.get();
    SqlApiConf settings = SqlApiConf$.MODULE$.get();
    if (before.stackTrace().isDefined() || !settings.dataFrameQueryContextEnabled()) {
      return column.get();
    }
    StackTraceElement[] frames = frames(door, settings.stackTracesInDataFrameContext());
    return CurrentOrigin$.MODULE$.withOrigin(with(before, frames), column::get);
  }

  /** The method of {@code door} that was called, and the frames that called it. */
  private static StackTraceElement[] frames(Class<?> door, int callers) {
    return StackWalker.getInstance()
        .walk(
            stack -> {
              List<StackWalker.StackFrame> frames =
                  stack.dropWhile(frame -> !isOf(door, frame)).toList();
              int called = (int) frames.stream().takeWhile(frame -> isOf(door, frame)).count() - 1;
              return trace(frames.stream().skip(Math.max(0, called)).limit(1L + callers));
            });
  }

  private static boolean isOf(Class<?> door, StackWalker.StackFrame frame) {
    return frame.getClassName().equals(door.getName());
  }

  private static StackTraceElement[] trace(Stream<StackWalker.StackFrame> frames) {
    return frames
        .map(StackWalker.StackFrame::toStackTraceElement)
        .toArray(StackTraceElement[]::new);
  }

  /** A copy by name: Spark's versions differ in what else an origin has. */
  private static Origin with(Origin before, StackTraceElement[] frames) {
    Constructor<?> constructor =
        Arrays.stream(Origin.class.getConstructors())
            .max(Comparator.comparingInt(Constructor::getParameterCount))
            .orElseThrow();
    Object[] elements = new Object[before.productArity()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] =
          before.productElementName(i).equals(FRAMES)
              ? Option.apply(frames)
              : before.productElement(i);
    }
    try {
      return (Origin) constructor.newInstance(elements);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Spark's Origin is not made of its elements", e);
    }
  }
}
