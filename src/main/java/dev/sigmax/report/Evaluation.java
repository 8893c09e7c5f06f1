package dev.sigmax.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good probabilities are. Measures that mean nothing for the rows are NaN.
 *
 * @param source what the probabilities come from, in words
 * @param badRows rows with a label and without probabilities; left out
 * @param loss mean over the rows, in nats
 * @param topK by k the share of rows whose class is among the first k; empty but for multiclass
 * @param ece expected calibration error
 * @param classes by label
 * @param wrongFunction what the function that does not belong to the task would have given; empty
 *     where there are no logits
 * @param reliability bins of equal mass, from the lowest probabilities up
 * @param confusion the confusion matrix, or of a multilabel task that of each label; without empty
 *     cells
 */
public record Evaluation(
    String source,
    String task,
    long rows,
    long labelled,
    long badRows,
    double loss,
    double brier,
    double accuracy,
    Map<String, Double> topK,
    double ece,
    Map<String, ClassQuality> classes,
    Optional<WrongFunction> wrongFunction,
    List<Bin> reliability,
    List<Confused> confusion) {

  /**
   * Why the share of rows whose class is among the first 1 is not the accuracy; empty where it is,
   * or where there is no such share.
   */
  Optional<String> tiesTold() {
    Double first = topK.get("1");
    return first == null || Double.compare(first, accuracy) == 0
        ? Optional.empty()
        : Optional.of(
            "Rows have several largest probabilities: the accuracy takes the first of these classes,"
                + " and top k the last, as scikit-learn does.");
  }

  /**
   * How well one label is told from the others.
   *
   * @param support its weight in the truth
   * @param ece expected calibration error of its probabilities; NaN where there are many labels
   * @param reliability bins of equal mass; empty where there are many labels
   */
  public record ClassQuality(
      double support,
      double precision,
      double recall,
      double f1,
      double auc,
      double averagePrecision,
      double ece,
      List<Bin> reliability) {}

  /**
   * The other function on the same rows.
   *
   * @param loss binary cross-entropy, the mean over rows and labels
   * @param rightLoss the same of the task's own function
   */
  public record WrongFunction(
      String name, double loss, double rightLoss, double brier, double ece, List<Bin> reliability) {
    /** What the task's own function is called. */
    String rightName() {
      return name.equals("softmax") ? "sigmoid" : "softmax";
    }
  }

  /** The mean probability of a bin, and the share that came true. */
  public record Bin(double weight, double probability, double observed) {}

  /**
   * How much weight of one truth got one prediction.
   *
   * @param label of a multilabel task the label it is about, whose truth and prediction are {@code
   *     true} or {@code false}; else empty, and both are classes
   */
  public record Confused(Optional<String> label, String truth, String prediction, double weight) {}
}
