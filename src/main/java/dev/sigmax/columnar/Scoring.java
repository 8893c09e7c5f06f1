package dev.sigmax.columnar;

import dev.sigmax.kernel.ScoringRule;
import java.io.Serializable;

/**
 * One call of a function, as the plan has it.
 *
 * @param rule how rows are scored; of {@link #anyLength()} calls only task and temperature hold
 * @param judged whether bad rows become issues ({@code score}), or are scored as they are
 * @param anyLength whether rows may have any number of logits
 * @param single whether the probabilities are float; else double
 */
record Scoring(
    ScoringRule rule, LogitSource logits, boolean judged, boolean anyLength, boolean single)
    implements Serializable {}
