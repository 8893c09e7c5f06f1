package dev.sigmax.job.plan;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The words of yes and no: those that data says them by, and those that a reader of a class's name
 * takes for them, whichever the class stands for.
 */
public final class YesNoWords {
  private static final Set<String> NUMBERS = Set.of("0", "1");
  private static final Set<String> BOOLEANS = Set.of("false", "true");
  private static final Set<String> YES = Set.of("1", "true", "yes");
  private static final Set<String> NO = Set.of("0", "false", "no");

  private YesNoWords() {}

  /** Whether {@code label} reads as a yes, in any case. */
  public static boolean readsAsYes(String label) {
    return YES.contains(label.toLowerCase(Locale.ROOT));
  }

  /** Whether {@code label} reads as a no, in any case. */
  public static boolean readsAsNo(String label) {
    return NO.contains(label.toLowerCase(Locale.ROOT));
  }

  /** Whether {@code text} is a number that says yes or no. */
  public static boolean isNumber(String text) {
    return NUMBERS.contains(text);
  }

  /** Whether {@code text} is a boolean, as Spark writes one. */
  public static boolean isBoolean(String text) {
    return BOOLEANS.contains(text);
  }

  /**
   * What a value says: 1 and true are a yes, 0 and false a no, in this case. Empty for all else,
   * "yes" and "no" among it: these are names of classes.
   */
  public static Optional<Boolean> answer(String text) {
    return isNumber(text) || isBoolean(text) ? Optional.of(YES.contains(text)) : Optional.empty();
  }
}
