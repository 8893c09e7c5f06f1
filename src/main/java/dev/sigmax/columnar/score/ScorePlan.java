package dev.sigmax.columnar.score;

import java.io.Serializable;
import java.util.List;

/** What a score node computes: its output columns, and the calls they come from. */
public record ScorePlan(List<OutputColumn> columns, List<ScoreCall> scorings)
    implements Serializable {}
