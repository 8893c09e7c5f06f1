package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.column.NearestName;
import java.util.Arrays;
import java.util.List;

/** Finds a key by its name, or the known one that was probably meant. */
final class NearestKey {
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
    List<String> keys = Arrays.stream(JobKey.values()).map(JobKey::key).toList();
    throw new UsageException(
        ErrorName.OPTION_UNKNOWN,
        place
            + ": unknown key "
            + name
            + NearestName.of(name, keys)
                .map(near -> "; is " + near + " meant?")
                .orElse(". The keys: " + String.join(", ", keys) + "."));
  }
}
