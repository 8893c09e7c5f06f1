package dev.sigmax.input;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.kernel.ScoreNames;
import dev.sigmax.parquet.footer.Footer;
import java.util.List;

/** Finds an input that is an output of Sigmax: it has probabilities, and may have no logits. */
final class OwnOutput {
  private static final List<String> MARKS = List.of(ScoreNames.ROW_SUM, ScoreNames.ROW_ISSUE);

  private OwnOutput() {}

  /** Refuses one, unless the job says which of its columns are logits and which to carry along. */
  static void refuse(Footer footer, ReadRequest request) {
    boolean own = MARKS.stream().allMatch(name -> LogitTypes.typeOf(footer.schema(), name) != null);
    if (own && (request.keep().isEmpty() || meansProbabilities(request.logits()))) {
      throw new InputException(
          ErrorName.INPUT_IS_OWN_OUTPUT,
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
        .allMatch(
            name ->
                name.startsWith(ScoreNames.PROBABILITY_PREFIX)
                    || name.equals(ScoreNames.PROBABILITIES));
  }
}
