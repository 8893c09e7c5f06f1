package dev.sigmax.job.plan;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.kernel.rule.ScoreNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The columns of an output: the kept ones, the probabilities, what is added, and two that say how
 * the row is.
 */
public final class OutputColumns {
  private OutputColumns() {}

  /** Whether every output has a column of that name, so that no other can be kept under it. */
  public static boolean isOwn(String name) {
    return name.equalsIgnoreCase(ScoreNames.ROW_SUM) || name.equalsIgnoreCase(ScoreNames.ROW_ISSUE);
  }

  /** All names in order; refuses two that are the same but for case. */
  static List<String> of(List<String> kept, List<String> probabilities, List<String> added) {
    List<String> all = new ArrayList<>(kept);
    all.addAll(probabilities);
    all.addAll(added);
    all.add(ScoreNames.ROW_SUM);
    all.add(ScoreNames.ROW_ISSUE);
    Map<String, String> seen = new HashMap<>();
    for (String name : all) {
      String twin = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (twin != null && kept.contains(twin)) {
        throw new UsageException(
            ErrorName.COLUMN_NAME_RESERVED,
            "the kept column "
                + twin
                + " has a name that the output needs ("
                + name
                + "). Leave it out of --keep, or rename it.");
      }
      if (twin != null) {
        throw new UsageException(
            ErrorName.LABELS_DO_NOT_FIT,
            "the labels give two columns whose names differ at most in case: "
                + twin
                + " and "
                + name
                + ".");
      }
    }
    return List.copyOf(all);
  }
}
