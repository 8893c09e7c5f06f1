package dev.sigmax.job;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.InputException;
import dev.sigmax.job.evaluate.EvaluationRequest;
import dev.sigmax.job.evaluate.EvaluationRule;
import dev.sigmax.job.evaluate.LabelledRows;
import dev.sigmax.job.evaluate.LabelledSums;
import dev.sigmax.job.evaluate.Truth;
import dev.sigmax.kernel.rule.Task;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** What labelled rows have to be for a purpose. */
enum UsableRows {
  /** Probabilities are held against their labels. */
  TO_EVALUATE("evaluate", "no probabilities"),
  /** A calibration is fitted to them. */
  TO_FIT("fit a calibration to", "a logit that is missing or not finite");

  private final String purpose;
  private final String fault;

  UsableRows(String purpose, String fault) {
    this.purpose = purpose;
    this.fault = fault;
  }

  /**
   * Refuses rows of which one has no sound label or weight, or none is left.
   *
   * @param tally what was counted in all rows
   * @throws InputException that says where, and what to do
   */
  void require(LabelledSums tally, LabelledRows labelled, EvaluationRequest request) {
    tally
        .firstFault()
        .ifPresent(
            found -> {
              throw unsound(found, labelled, request);
            });
    if (tally.rows() == 0) {
      throw none(request, "the files there have no rows. Check the path.");
    }
    if (tally.evaluated() == 0) {
      throw none(
          request,
          "of "
              + Counted.of(tally.rows(), "row")
              + ", "
              + Counted.of(tally.labelled(), "has", "have")
              + " a label in "
              + request.label()
              + (tally.labelled() == 0
                  ? ". Name the column with the truth by --label."
                  : ", and "
                      + (tally.labelled() == 1 ? "that one has " : "each of those has ")
                      + fault
                      + ". Mend the logits."));
    }
    if (tally.sum(LabelledSums.Measure.MASS) == 0) {
      throw none(
          request,
          (tally.evaluated() == 1
                  ? "the only one"
                  : "each of " + Counted.of(tally.evaluated(), "row"))
              + " that could be taken has the weight 0 in "
              + request.weight().orElseThrow()
              + ". Mend the column, or leave out --weight.");
    }
  }

  private InputException none(EvaluationRequest request, String why) {
    return new InputException(
        ErrorName.NOTHING_TO_EVALUATE,
        "there is no row to " + purpose + " in " + FewNames.of(request.paths()) + ": " + why);
  }

  private static InputException unsound(
      LabelledSums.Fault found, LabelledRows labelled, EvaluationRequest request) {
    String where = new Path(URI.create(found.file())) + ", row " + found.row() + ": ";
    if (found.name() == ErrorName.WEIGHT_VALUE) {
      return new InputException(
          found.name(),
          where
              + found.why()
              + ". Mend the column "
              + request.weight().orElseThrow()
              + ", or leave out --weight.");
    }
    String otherNames =
        labelled.rule().truth() == Truth.Form.FLAGS ? "" : ", or " + labelled.renaming();
    return new InputException(
        found.name(),
        where
            + found.why()
            + ". --label is "
            + request.label()
            + ", and the classes are "
            + named(labelled.rule())
            + ". Mend the column"
            + otherNames
            + "; null stands for a row without a label.");
  }

  /** The classes; of a binary task with what they stand for, which their order alone says. */
  private static String named(EvaluationRule rule) {
    List<String> labels = rule.labels();
    if (rule.rule().task() == Task.BINARY) {
      return labels.get(0) + " (the no) and " + labels.get(1) + " (the yes)";
    }
    return FewNames.of(labels);
  }
}
