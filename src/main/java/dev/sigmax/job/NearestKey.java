package dev.sigmax.job;

import dev.sigmax.refusal.UsageRefusal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds a key by its name, or the known one that was probably meant. */
final class NearestKey {
  private NearestKey() {}

  static JobKey require(String name, Path file) {
    for (JobKey key : JobKey.values()) {
      if (key.key().equals(name)) {
        return key;
      }
    }
    JobKey nearest =
        Arrays.stream(JobKey.values())
            .min(Comparator.comparingInt(key -> distance(key.key(), name)))
            .orElseThrow();
    throw new UsageRefusal(
        "the job file "
            + file
            + " has an unknown key "
            + name
            + "; is "
            + nearest.key()
            + " meant?");
  }

  private static int distance(String known, String name) {
    return LevenshteinDistance.getDefaultInstance().apply(known, name);
  }
}
