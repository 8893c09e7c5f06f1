package dev.sigmax.ml;

import dev.sigmax.kernel.rule.RawLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Raw layouts by the names that they have as values of a parameter of Spark ML. */
final class LayoutName {
  private LayoutName() {}

  /** {@code doubledMargin} for {@code DOUBLED_MARGIN}. */
  static String of(RawLayout layout) {
    String[] words = layout.name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
    }
    return name.toString();
  }

  /** The layout of a name that is one of {@link #all()}. */
  static RawLayout layout(String name) {
    return Arrays.stream(RawLayout.values())
        .filter(layout -> of(layout).equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<String> all() {
    return Arrays.stream(RawLayout.values()).map(LayoutName::of).toList();
  }
}
