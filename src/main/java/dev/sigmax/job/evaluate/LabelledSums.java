package dev.sigmax.job.evaluate;

import dev.sigmax.error.ErrorName;
import dev.sigmax.tally.ExactSum;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What rows add up to, where their order does not matter. Merging is exact, so any partitioning
 * gives the same. Not thread-safe.
 */
public final class LabelledSums implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The sums of what each row gives, times its weight. */
  public enum Measure {
    /** The weights themselves. */
    MASS,
    /** The task's loss. */
    LOSS,
    /** The squares of probability less truth. */
    BRIER,
    /** Right decisions; of a multilabel row their share. */
    CORRECT,
    /** Binary cross-entropy of the right function's probabilities, of a multiclass task. */
    LABEL_LOSS,
    /** Binary cross-entropy of the other function's probabilities. */
    WRONG_LOSS,
    /** The squares with the other function's probabilities. */
    WRONG_BRIER
  }

  /** A decision: of which label, what held and what was said. */
  public record Decision(int label, int truth, int prediction)
      implements Comparable<Decision>, Serializable {
    @Override
    public int compareTo(Decision other) {
      int byLabel = Integer.compare(label, other.label);
      int byTruth = byLabel != 0 ? byLabel : Integer.compare(truth, other.truth);
      return byTruth != 0 ? byTruth : Integer.compare(prediction, other.prediction);
    }
  }

  /** A row that cannot be evaluated, and why. */
  public record Fault(String file, long row, ErrorName name, String why)
      implements Comparable<Fault>, Serializable {
    @Override
    public int compareTo(Fault other) {
      int byFile = file.compareTo(other.file);
      return byFile != 0 ? byFile : Long.compare(row, other.row);
    }
  }

  private final Map<Measure, ExactSum> sums = new TreeMap<>();
  private final Map<Integer, ExactSum> ranks = new TreeMap<>();
  private final Map<Decision, ExactSum> decisions = new TreeMap<>();
  private long rows;
  private long unlabelled;
  private long bad;
  private Fault fault;

  /** Counts a row. */
  void row() {
    rows++;
  }

  /** Counts a row without a label. */
  void unlabelled() {
    unlabelled++;
  }

  /** Counts a row with a label that has no probabilities. */
  public void bad() {
    bad++;
  }

  /** Keeps the first fault by file and row. */
  void fault(Fault found) {
    if (fault == null || found.compareTo(fault) < 0) {
      fault = found;
    }
  }

  /** A row of no weight adds nothing, whatever it costs. */
  public void add(Measure measure, double value, double weight) {
    if (weight == 0) {
      return;
    }
    sums.computeIfAbsent(measure, m -> new ExactSum()).addProduct(value, weight);
  }

  /** Adds where the true class stands in a row's order, from 0. */
  void rank(int rank, double weight) {
    if (weight == 0) {
      return;
    }
    ranks.computeIfAbsent(rank, r -> new ExactSum()).add(weight);
  }

  void decide(Decision decision, double weight) {
    if (weight == 0) {
      return;
    }
    decisions.computeIfAbsent(decision, d -> new ExactSum()).add(weight);
  }

  /** Adds another tally, which stays as it is. */
  public void add(LabelledSums other) {
    rows += other.rows;
    unlabelled += other.unlabelled;
    bad += other.bad;
    if (other.fault != null) {
      fault(other.fault);
    }
    merge(sums, other.sums);
    merge(ranks, other.ranks);
    merge(decisions, other.decisions);
  }

  private static <K> void merge(Map<K, ExactSum> into, Map<K, ExactSum> from) {
    from.forEach((key, sum) -> into.computeIfAbsent(key, k -> new ExactSum()).add(sum));
  }

  /** All rows. */
  public long rows() {
    return rows;
  }

  /** Rows with a label, those without probabilities among them. */
  public long labelled() {
    return rows - unlabelled;
  }

  /** Rows with a label and without probabilities. */
  public long badRows() {
    return bad;
  }

  /** Rows that were evaluated. */
  public long evaluated() {
    return rows - unlabelled - bad;
  }

  /** The first row that cannot be evaluated. */
  public Optional<Fault> firstFault() {
    return Optional.ofNullable(fault);
  }

  /** A sum, rounded once; 0 where nothing was added. */
  public double sum(Measure measure) {
    return sums.containsKey(measure) ? sums.get(measure).value() : 0;
  }

  /** The weighted mean over the rows; NaN where there are none. */
  public double mean(Measure measure) {
    return sum(measure) / sum(Measure.MASS);
  }

  /** The share of rows whose true class is among the first {@code k}. */
  public double topK(int k) {
    ExactSum within = new ExactSum();
    ranks.forEach(
        (rank, weight) -> {
          if (rank < k) {
            within.add(weight);
          }
        });
    return within.value() / sum(Measure.MASS);
  }

  /** The weight of each decision that was made, in order. */
  public Map<Decision, ExactSum> decisions() {
    return decisions;
  }
}
