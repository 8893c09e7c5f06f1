package dev.sigmax.job.evaluate;

import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.ScoringRule;
import java.io.Serializable;
import java.util.List;

/**
 * How rows are evaluated.
 *
 * @param layout what the numbers of a row are, where they are logits
 * @param asFloat whether probabilities are rounded to float, as a run wrote them
 * @param fromLogits whether rows bring logits; else probabilities
 * @param thresholds from which probability on each label of a binary or multilabel task is
 *     predicted
 * @param labels one for each probability
 * @param weighted whether rows have weights of their own; else each counts 1
 */
public record EvaluationRule(
    ScoringRule rule,
    RawLayout layout,
    boolean asFloat,
    boolean fromLogits,
    List<Double> thresholds,
    List<String> labels,
    Truth.Form truth,
    boolean weighted)
    implements Serializable {}
