package dev.sigmax.columnar;

import java.io.Serializable;
import java.util.List;

/** What a score node computes: its output columns, and the calls they come from. */
record ScorePlan(List<OutputColumn> columns, List<Scoring> scorings) implements Serializable {}
