package dev.sigmax.columnar.score;

import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.tally.TallyRule;
import java.io.Serializable;

/**
 * One call of a function, as the plan has it.
 *
 * @param rule how rows are scored; of {@link #anyLength()} calls only task and temperature hold
 * @param judged whether bad rows become issues ({@code score}), or are scored as they are
 * @param anyLength whether rows may have any number of logits
 * @param isFloat whether the probabilities are float; else double
 * @param additions what is added to the probabilities of a judged call
 * @param tally which of its rows are counted
 */
public record ScoreCall(
    ScoringRule rule,
    LogitSource logits,
    boolean judged,
    boolean anyLength,
    boolean isFloat,
    Additions additions,
    TallyRule tally)
    implements Serializable {}
