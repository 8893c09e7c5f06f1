package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.RowAdditions;
import dev.sigmax.kernel.TopClasses;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.ScoringRule;
import java.nio.ByteBuffer;

/**
 * What is added to the scores of one batch. Valid until the next one, since the arrays are used
 * again. Not thread-safe.
 */
public final class BatchAdditions {
  private final ScoringRule rule;
  private final RowAdditions row;
  private final ChosenClasses top = new ChosenClasses();
  private final ChosenClasses holding = new ChosenClasses();
  private double[] logits;
  private double[] margins = new double[0];
  private double[] entropies = new double[0];

  BatchAdditions(ScoreCall call, Kernel kernel) {
    this.rule = call.rule();
    this.row = new RowAdditions(rule, call.additions(), kernel);
    this.logits = new double[call.additions().ofLogits() ? rule.rowLength() : 0];
  }

  /** What is added. */
  public Additions additions() {
    return row.additions();
  }

  void take(Scores scores, LogitBatch batch) {
    if (additions().isEmpty()) {
      return;
    }
    int rows = scores.rows();
    if (margins.length < rows) {
      margins = new double[rows];
      entropies = new double[rows];
    }
    top.reset(rows);
    holding.reset(rows);
    scores.eachGoodRow(
        new Scores.RowTaker() {
          @Override
          public void take(int index, float[] values, int from) {
            row.takeProbabilities(values, from);
            keep(index, scores, batch);
          }

          @Override
          public void take(int index, double[] values, int from) {
            row.takeProbabilities(values, from);
            keep(index, scores, batch);
          }
        });
  }

  private void keep(int index, Scores scores, LogitBatch batch) {
    if (additions().has(Addition.TOP_K)) {
      TopClasses classes = row.top();
      for (int i = 0; i < classes.count(); i++) {
        top.add(index, classes.classAt(i), classes.probabilityAt(i));
      }
    }
    if (additions().has(Addition.PREDICTION) || additions().has(Addition.CONFIDENCE)) {
      for (int i = 0; i < row.holdingCount(); i++) {
        holding.add(index, row.holdingAt(i), row.holdingProbabilityAt(i));
      }
    }
    if (additions().ofLogits()) {
      batch.copyLogits(index, logits);
      row.takeLogits(logits, 0, scores.sum(index));
      margins[index] = row.uncertainty().margin();
      entropies[index] = row.uncertainty().entropy();
    }
  }

  /** The most probable classes of each row. */
  public ChosenClasses top() {
    return top;
  }

  /** The classes that are predicted: at most one a row, unless the labels stand alone. */
  public ChosenClasses predicted() {
    return holding;
  }

  /** Writes each row's margin; anything for a row with an issue. */
  public void putMargins(ByteBuffer target, int rows) {
    target.asDoubleBuffer().put(margins, 0, rows);
  }

  /** Writes each row's entropy; anything for a row with an issue. */
  public void putEntropies(ByteBuffer target, int rows) {
    target.asDoubleBuffer().put(entropies, 0, rows);
  }
}
