package dev.sigmax.input;

import dev.sigmax.error.InputException;
import dev.sigmax.parquet.footer.Footer;
import java.util.List;

/** Finds an input that is an output of Sigmax: it has probabilities, and may have no logits. */
final class OwnOutput {
  private static final List<String> MARKS = List.of("row_sum", "row_issue");

  private OwnOutput() {}

  /** Refuses one, unless the job says which of its columns are logits and which to carry along. */
  static void refuse(Footer footer, ColumnChoice logits, ColumnChoice keep) {
    boolean own = MARKS.stream().allMatch(name -> LogitTypes.typeOf(footer.schema(), name) != null);
    if (own && (keep == null || meansProbabilities(logits))) {
      throw new InputException(
          "the input "
              + footer.path()
              + " is an output of Sigmax: it has the columns row_sum and row_issue, and its scores"
              + " are probabilities already. Score the input of that run, which its"
              + " _sigmax/manifest.json names. To score logits that it carries along, name them with"
              + " --logits and the columns to carry with --keep.");
    }
  }

  private static boolean meansProbabilities(ColumnChoice logits) {
    List<String> names =
        logits instanceof ColumnChoice.Text text
            ? List.of(text.text())
            : ((ColumnChoice.Names) logits).names();
    return names.stream()
        .allMatch(name -> name.startsWith("prob_") || name.equals("probabilities"));
  }
}
