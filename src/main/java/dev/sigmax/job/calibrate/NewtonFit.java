package dev.sigmax.job.calibrate;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * One run of Newton's method on a convex loss, driven from outside: evaluate the loss at {@link
 * #point()}, then {@link #take} the sums. A step that does not lower the loss is halved.
 *
 * <p>It begins where all parameters are 0. There no row is so sure of a class that its second
 * derivative vanishes, however large its logits are, and the same steps are taken whatever the
 * logits are multiplied by.
 */
final class NewtonFit {
  private static final int MOST_EVALUATIONS = 100;

  /** A step of this size, relative, squares to less than the last bit of the next one. */
  private static final double SMALL_STEP = 1e-9;

  /** A loss that falls below this share of the first has no minimum: it goes on to 0. */
  private static final double VANISHED = 1e-12;

  /** How much of the loss its rounding may be. */
  private static final double ROUNDING = 0x1p-48;

  /** So many steps after which the loss is the same, and yet large ones, lead to no minimum. */
  private static final int MOST_IDLE_STEPS = 4;

  /** A relative step that only rounding does not explain. */
  private static final double LARGE_STEP = 1e-3;

  private double[] best;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private double[] step;
  private double[] point;
  private int evaluations;
  private int idleSteps;
  private double startLoss = Double.NaN;

  /** By which sizes of parameters a step is a large one, where they are 0. */
  private double[] units;

  private State state = State.RUNNING;

  enum State {
    RUNNING,
    /** At the minimum. */
    CONVERGED,
    /** The loss falls without an end while parameters grow. */
    BOUNDLESS,
    /** The loss is the same along some line: rows do not tell parameters apart. */
    FLAT,
    /** The loss or a derivative is no finite number. */
    OVERFLOWN,
    /** There may be a minimum, which was not found. */
    EXHAUSTED
  }

  /** A fit of so many parameters. */
  NewtonFit(int parameters) {
    this.best = new double[parameters];
    this.step = new double[parameters];
    this.point = new double[parameters];
  }

  /** A fit that is at its end before it begins: the parameters are these. */
  static NewtonFit settled(double[] parameters) {
    NewtonFit settled = new NewtonFit(parameters.length);
    settled.point = parameters.clone();
    settled.state = State.CONVERGED;
    return settled;
  }

  /** A fit of a loss much like this one's, from its minimum on. */
  NewtonFit nearby() {
    NewtonFit nearby = new NewtonFit(point.length);
    nearby.best = point.clone();
    nearby.point = point.clone();
    nearby.startLoss = startLoss;
    nearby.units = units;
    return nearby;
  }

  /** Where the loss is wanted next; the minimum, once it has converged; else the best point. */
  double[] point() {
    return state == State.RUNNING || state == State.CONVERGED ? point.clone() : best.clone();
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  State state() {
    return state;
  }

  /** How often the loss was evaluated. */
  int evaluations() {
    return evaluations;
  }

  /** Takes the sums at the point, and moves on. */
  void take(Derivatives sums) {
    evaluations++;
    double loss = sums.loss();
    if (Double.isNaN(startLoss)) {
      startLoss = loss;
    }
    if (loss <= bestLoss + ROUNDING * Math.abs(bestLoss)) {
      accept(loss, sums);
    } else if (evaluations == 1) {
      state = State.OVERFLOWN;
    } else {
      for (int i = 0; i < step.length; i++) {
        step[i] /= 2;
      }
      moveByStep();
    }
    if (state == State.RUNNING && evaluations >= MOST_EVALUATIONS) {
      state = State.EXHAUSTED;
    }
  }

  private void accept(double loss, Derivatives sums) {
    idleSteps = loss < bestLoss - ROUNDING * Math.abs(bestLoss) ? 0 : idleSteps + 1;
    best = point.clone();
    bestLoss = loss;
    double[] gradient = sums.gradient();
    double[][] hessian = sums.hessian();
    if (!isFinite(loss, gradient, hessian)) {
      state = State.OVERFLOWN;
    } else if (loss < VANISHED * startLoss) {
      state = State.BOUNDLESS;
    } else if (idleSteps > MOST_IDLE_STEPS) {
      state = isWithin(LARGE_STEP) ? State.EXHAUSTED : State.BOUNDLESS;
    } else {
      Optional<double[]> solved = Cholesky.solve(hessian, gradient);
      if (solved.isEmpty()) {
        // At the first point, that of a fit of more rows among them, no probability vanishes.
        state = evaluations == 1 ? State.FLAT : State.EXHAUSTED;
      } else {
        move(solved.get(), hessian);
      }
    }
  }

  private void move(double[] solved, double[][] hessian) {
    if (units == null) {
      units = new double[step.length];
      Arrays.setAll(units, i -> Math.sqrt(startLoss / hessian[i][i]));
    }
    Arrays.setAll(step, i -> -solved[i]);
    moveByStep();
    if (isWithin(SMALL_STEP)) {
      state = State.CONVERGED;
    }
  }

  /** Whether the step is at most that large, relative to what it is added to. */
  private boolean isWithin(double size) {
    for (int i = 0; i < step.length; i++) {
      if (!(Math.abs(step[i]) <= size * (units[i] + Math.abs(best[i])))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFinite(double loss, double[] gradient, double[][] hessian) {
    return DoubleStream.concat(
            DoubleStream.concat(DoubleStream.of(loss), Arrays.stream(gradient)),
            Arrays.stream(hessian).flatMapToDouble(Arrays::stream))
        .allMatch(Double::isFinite);
  }

  private void moveByStep() {
    for (int i = 0; i < point.length; i++) {
      point[i] = best[i] + step[i];
    }
  }
}
