package dev.sigmax.job.plan;

import dev.sigmax.error.UsageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of an output: the kept ones, the probabilities, and two that say how the row is. */
public final class OutputColumns {
  static final String PROBABILITY = "prob_";
  static final String PROBABILITIES = "probabilities";
  public static final String ROW_SUM = "row_sum";
  public static final String ROW_ISSUE = "row_issue";

  private OutputColumns() {}

  /** Whether every output has a column of that name, so that no other can be kept under it. */
  public static boolean isOwn(String name) {
    return name.equalsIgnoreCase(ROW_SUM) || name.equalsIgnoreCase(ROW_ISSUE);
  }

  /** All names in order; refuses two that are the same but for case. */
  static List<String> of(List<String> kept, List<String> probabilities) {
    List<String> all = new ArrayList<>(kept);
    all.addAll(probabilities);
    all.add(ROW_SUM);
    all.add(ROW_ISSUE);
    Map<String, String> seen = new HashMap<>();
    for (String name : all) {
      String twin = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (twin != null && kept.contains(twin)) {
        throw new UsageException(
            "the kept column "
                + twin
                + " has a name that the output needs ("
                + name
                + "). Leave it out of --keep, or rename it.");
      }
      if (twin != null) {
        throw new UsageException(
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
