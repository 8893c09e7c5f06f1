package dev.sigmax.cli.result;

import dev.sigmax.error.Redaction;
import dev.sigmax.report.Evaluation;
import dev.sigmax.report.Evaluation.Bin;
import dev.sigmax.report.Evaluation.ClassQuality;
import dev.sigmax.report.Evaluation.Confused;
import dev.sigmax.report.Evaluation.WrongFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An evaluation as one object of JSON, as the contract has it, without passwords in its source. A
 * measure that means nothing is null; an infinite one is the string "Infinity".
 */
public final class EvaluationJson {
  private EvaluationJson() {}

  /**
   * The object.
   *
   * @param before the same rows without their calibration, where they have one
   */
  public static String of(Evaluation evaluation, Optional<Evaluation> before) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task", evaluation.task());
    object.put("source", Redaction.forPeople(evaluation.source()));
    object.put("rows", evaluation.rows());
    object.put("labelled", evaluation.labelled());
    object.put("bad_rows", evaluation.badRows());
    object.put("loss", number(evaluation.loss()));
    object.put("brier", number(evaluation.brier()));
    object.put("accuracy", number(evaluation.accuracy()));
    object.put("top_k", evaluation.topK());
    object.put("ece", number(evaluation.ece()));
    Map<String, Object> classes = new LinkedHashMap<>();
    evaluation.classes().forEach((label, quality) -> classes.put(label, of(quality)));
    object.put("classes", classes);
    object.put("wrong_function", evaluation.wrongFunction().map(EvaluationJson::of).orElse(null));
    object.put("reliability", bins(evaluation.reliability()));
    object.put("confusion", evaluation.confusion().stream().map(EvaluationJson::of).toList());
    before.ifPresent(uncalibrated -> object.put("before", brief(uncalibrated)));
    return ReadableJson.of(object);
  }

  private static Map<String, Object> brief(Evaluation evaluation) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("loss", number(evaluation.loss()));
    object.put("brier", number(evaluation.brier()));
    object.put("accuracy", number(evaluation.accuracy()));
    object.put("ece", number(evaluation.ece()));
    object.put("reliability", bins(evaluation.reliability()));
    return object;
  }

  private static Map<String, Object> of(Confused confused) {
    Map<String, Object> object = new LinkedHashMap<>();
    confused.label().ifPresent(label -> object.put("label", label));
    boolean yesOrNo = confused.label().isPresent();
    object.put("truth", yesOrNo ? Boolean.valueOf(confused.truth()) : confused.truth());
    object.put(
        "prediction", yesOrNo ? Boolean.valueOf(confused.prediction()) : confused.prediction());
    object.put("weight", weight(confused.weight()));
    return object;
  }

  private static Map<String, Object> of(ClassQuality quality) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("support", weight(quality.support()));
    object.put("precision", number(quality.precision()));
    object.put("recall", number(quality.recall()));
    object.put("f1", number(quality.f1()));
    object.put("auc", number(quality.auc()));
    object.put("average_precision", number(quality.averagePrecision()));
    object.put("ece", number(quality.ece()));
    object.put("reliability", bins(quality.reliability()));
    return object;
  }

  private static Map<String, Object> of(WrongFunction wrong) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", wrong.name());
    object.put("loss", number(wrong.loss()));
    object.put("right_loss", number(wrong.rightLoss()));
    object.put("brier", number(wrong.brier()));
    object.put("ece", number(wrong.ece()));
    object.put("reliability", bins(wrong.reliability()));
    return object;
  }

  private static List<Map<String, Object>> bins(List<Bin> bins) {
    return bins.stream()
        .map(
            bin -> {
              Map<String, Object> object = new LinkedHashMap<>();
              object.put("weight", weight(bin.weight()));
              object.put("probability", number(bin.probability()));
              object.put("observed", number(bin.observed()));
              return object;
            })
        .toList();
  }

  private static Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** Rows that count 1 each make a whole number. */
  private static Number weight(double weight) {
    if (weight == Math.rint(weight) && Math.abs(weight) < 0x1p53) {
      return (long) weight;
    }
    return weight;
  }
}
