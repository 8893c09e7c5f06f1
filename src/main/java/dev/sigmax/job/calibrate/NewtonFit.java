package dev.sigmax.job.calibrate;

import java.util.Optional;

/**
 * One run of Newton's method on a convex loss, driven from outside: evaluate the loss at {@link
 * #point()}, then {@link #take} the sums. A step that does not lower the loss is halved.
 */
final class NewtonFit {
  private static final int MOST_EVALUATIONS = 60;

  /** A step of this size, relative, squares to less than the last bit of the next one. */
  private static final double SMALL_STEP = 1e-9;

  /** A loss that falls below this share of the first has no minimum: it goes on to 0. */
  private static final double VANISHED = 1e-12;

  /** How much of the loss its rounding may be. */
  private static final double ROUNDING = 0x1p-48;

  private double[] best;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private double[] step;
  private double[] point;
  private int evaluations;
  private double startLoss;
  private State state = State.RUNNING;

  private enum State {
    RUNNING,
    CONVERGED,
    FAILED
  }

  NewtonFit(double[] start) {
    this.best = start.clone();
    this.step = new double[start.length];
    this.point = start.clone();
  }

  /** Where the loss is wanted next; the minimum, once it has converged. */
  double[] point() {
    return point.clone();
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  boolean hasConverged() {
    return state == State.CONVERGED;
  }

  /** Takes the sums at the point, and moves on. */
  void take(Derivatives sums) {
    evaluations++;
    double loss = sums.loss();
    if (evaluations == 1) {
      startLoss = loss;
    }
    if (evaluations >= MOST_EVALUATIONS || Double.isNaN(loss) || loss < VANISHED * startLoss) {
      state = State.FAILED;
    } else if (loss <= bestLoss + ROUNDING * Math.abs(bestLoss)) {
      accept(loss, sums);
    } else {
      for (int i = 0; i < step.length; i++) {
        step[i] /= 2;
      }
      moveByStep();
    }
  }

  private void accept(double loss, Derivatives sums) {
    best = point.clone();
    bestLoss = loss;
    Optional<double[]> solved = Cholesky.solve(sums.hessian(), sums.gradient());
    if (solved.isEmpty()) {
      state = State.FAILED;
      return;
    }
    boolean small = true;
    for (int i = 0; i < step.length; i++) {
      step[i] = -solved.get()[i];
      small &= Math.abs(step[i]) <= SMALL_STEP * (1 + Math.abs(best[i]));
    }
    moveByStep();
    if (small) {
      state = State.CONVERGED;
    }
  }

  private void moveByStep() {
    for (int i = 0; i < point.length; i++) {
      point[i] = best[i] + step[i];
    }
  }
}
