package dev.sigmax.report.html;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names as far as there is room for them, told apart: where two that differ would be cut to the
 * same text, each shows what it has where they begin to differ, and a number where that is no help.
 */
public final class ShownNames {
  /** Less room than that tells no names apart. */
  static final int LEAST = 8;

  private static final String CUT = "…";

  /** So often names that still look the same show a later place instead. */
  private static final int MOST_PLACES = 3;

  private final Map<String, String> shown = new HashMap<>();
  private final int most;

  private ShownNames(int most) {
    this.most = most;
  }

  /**
   * Names that stand beside each other.
   *
   * @param most how many code points there is room for, {@link #LEAST} at least
   */
  public static ShownNames of(Collection<String> names, int most) {
    ShownNames all = new ShownNames(most);
    Set<String> different = new LinkedHashSet<>(names);
    different.forEach(name -> all.shown.put(name, Texts.shortenedName(name, most)));
    for (int place = 0; place < MOST_PLACES; place++) {
      for (List<String> alike : all.alike(different)) {
        int from = sharedBeginning(alike);
        alike.stream()
            .filter(all::isCut)
            .forEach(name -> all.shown.put(name, all.from(name, from)));
      }
    }
    Set<String> taken = new HashSet<>(all.shown.values());
    for (List<String> alike : all.alike(different)) {
      int number = 0;
      for (String name : alike.stream().filter(all::isCut).toList()) {
        String numbered;
        do {
          number++;
          numbered = all.numbered(name, number);
        } while (!taken.add(numbered));
        all.shown.put(name, numbered);
      }
    }
    return all;
  }

  /**
   * What there is room for of one of the names.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public String of(String name) {
    String text = shown.get(name);
    if (text == null) {
      throw new IllegalArgumentException("none of these names: " + name);
    }
    return text;
  }

  /** The names that are cut, by what is shown of them. */
  Map<String, String> whole() {
    return shown.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(entry.getValue()))
        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }

  /** The groups of names that look the same so far. */
  private List<List<String>> alike(Collection<String> names) {
    Map<String, List<String>> groups =
        names.stream()
            .collect(Collectors.groupingBy(shown::get, LinkedHashMap::new, Collectors.toList()));
    return groups.values().stream().filter(group -> group.size() > 1).toList();
  }

  private boolean isCut(String name) {
    return name.codePointCount(0, name.length()) > most;
  }

  /** Its first letters, and a number. */
  private String numbered(String name, int number) {
    String suffix = CUT + number;
    return name.substring(0, name.offsetByCodePoints(0, most - suffix.length())) + suffix;
  }

  /** Its first letters, those from a place on, and its last. */
  private String from(String name, int place) {
    int[] letters = name.codePoints().toArray();
    int ends = (most - 2) / 4;
    int room = most - 2 - 2 * ends;
    int from = Math.max(ends, Math.min(place, letters.length - ends - room));
    return new String(letters, 0, ends)
        + CUT
        + new String(letters, from, room)
        + CUT
        + new String(letters, letters.length - ends, ends);
  }

  /** How many code points all of the names begin with. */
  private static int sharedBeginning(List<String> names) {
    int[] first = names.get(0).codePoints().toArray();
    int shared = first.length;
    for (String name : names) {
      int[] other = name.codePoints().toArray();
      int same = 0;
      while (same < shared && same < other.length && first[same] == other[same]) {
        same++;
      }
      shared = same;
    }
    return shared;
  }
}
