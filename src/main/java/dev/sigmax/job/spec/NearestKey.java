package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds a key by its name, or the known one that was probably meant. */
final class NearestKey {
  /** One slip in so many letters is a slip; more, and another word was meant. */
  private static final int LETTERS_A_SLIP = 3;

  private NearestKey() {}

  /**
   * The key of a name.
   *
   * @param place where the name stands, in words
   */
  static JobKey require(String name, String place) {
    for (JobKey key : JobKey.values()) {
      if (key.key().equals(name)) {
        return key;
      }
    }
    JobKey nearest =
        Arrays.stream(JobKey.values())
            .min(Comparator.comparingInt(key -> distance(key.key(), name)))
            .orElseThrow();
    boolean near = distance(nearest.key(), name) <= Math.max(2, name.length() / LETTERS_A_SLIP);
    throw new UsageException(
        ErrorName.OPTION_UNKNOWN,
        place
            + ": unknown key "
            + name
            + (near
                ? "; is " + nearest.key() + " meant?"
                : ". The keys: "
                    + Arrays.stream(JobKey.values())
                        .map(JobKey::key)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  private static int distance(String known, String name) {
    return LevenshteinDistance.getDefaultInstance().apply(known, name);
  }
}
