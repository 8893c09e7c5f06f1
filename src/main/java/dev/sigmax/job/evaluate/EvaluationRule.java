package dev.sigmax.job.evaluate;

import dev.sigmax.kernel.ScoringRule;
import java.io.Serializable;
import java.util.List;

/**
 * How rows are evaluated.
 *
 * @param asFloat whether probabilities are rounded to float, as a run wrote them
 * @param fromLogits whether rows bring logits; else probabilities
 * @param threshold from which probability on a binary or multilabel prediction is a yes
 * @param labels one for each probability
 * @param weighted whether rows have weights of their own; else each counts 1
 */
public record EvaluationRule(
    ScoringRule rule,
    boolean asFloat,
    boolean fromLogits,
    double threshold,
    List<String> labels,
    Truth.Form truth,
    boolean weighted)
    implements Serializable {}
