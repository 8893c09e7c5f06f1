package dev.sigmax.job.plan;

import java.util.Locale;
import java.util.Set;

/** Names of classes that a reader takes for the yes, or for the no, whichever they stand for. */
public final class YesNoWords {
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
}
