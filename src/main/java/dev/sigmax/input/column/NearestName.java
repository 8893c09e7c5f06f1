package dev.sigmax.input.column;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds which of some names was probably meant by one that is none of them. */
public final class NearestName {
  private static final int SLIPS = 2;

  /** One slip in so many letters is a slip; more, and another name was meant. */
  private static final int LETTERS_A_SLIP = 3;

  private NearestName() {}

  /** The name that differs in case alone, or else in a few letters; the first of several such. */
  public static Optional<String> of(String name, Collection<String> names) {
    return names.stream()
        .filter(known -> known.equalsIgnoreCase(name))
        .findFirst()
        .or(
            () ->
                names.stream()
                    .filter(known -> distance(known, name) <= most(name))
                    .min(Comparator.comparingInt(known -> distance(known, name))));
  }

  /** As a question behind a sentence; empty where nothing is near. */
  public static String question(String name, Collection<String> names) {
    return of(name, names).map(near -> " Is " + near + " meant?").orElse("");
  }

  /** Of a name of few letters at least one has to be right. */
  private static int most(String name) {
    return Math.min(Math.max(SLIPS, name.length() / LETTERS_A_SLIP), name.length() - 1);
  }

  private static int distance(String known, String name) {
    return LevenshteinDistance.getDefaultInstance().apply(known, name);
  }
}
