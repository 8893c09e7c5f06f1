package dev.sigmax.job.calibrate;

import dev.sigmax.spark.TaskResults;
import dev.sigmax.tally.ExactSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Parameters that minimise an objective over all rows, and what they are worth on rows that they
 * were not fitted by: for each fold there is a fit without it. The fits of the folds advance in the
 * same passes over the rows, after that of all rows, from whose minimum they go on.
 *
 * @param parameters of each problem
 * @param before the mean loss of the rows as they are
 * @param after the mean loss with the parameters
 * @param heldOut the mean loss of each row with the parameters of the fit without its fold
 * @param standardError of {@code before - heldOut}
 */
record CrossValidatedFit(
    List<double[]> parameters, double before, double after, double heldOut, double standardError) {

  /** What to throw where a fit came to no minimum. */
  interface Failure {
    /**
     * Says why.
     *
     * @param heldOut whether it is a fit without a fold
     */
    RuntimeException of(int problem, NewtonFit fit, boolean heldOut);
  }

  /** Fits, with a Spark job for each pass. */
  static CrossValidatedFit of(JavaRDD<FitRows> rows, Objective objective, Failure failure) {
    List<NewtonFit[]> fits = new ArrayList<>();
    for (int problem = 0; problem < objective.problems(); problem++) {
      NewtonFit[] folds = new NewtonFit[FitRows.FOLDS + 1];
      folds[FitRows.FOLDS] =
          objective.isSettled(problem)
              ? NewtonFit.settled(objective.identity())
              : new NewtonFit(objective.parameters());
      fits.add(folds);
    }
    run(rows, objective, fits);
    requireConverged(fits, failure);
    for (int problem = 0; problem < objective.problems(); problem++) {
      NewtonFit[] folds = fits.get(problem);
      for (int fold = 0; fold < FitRows.FOLDS; fold++) {
        folds[fold] =
            objective.isSettled(problem) ? folds[FitRows.FOLDS] : folds[FitRows.FOLDS].nearby();
      }
    }
    run(rows, objective, fits);
    requireConverged(fits, failure);
    Worth worth = new Worth();
    Pass pass = new Pass(objective, points(fits, false));
    TaskResults.collect(rows, pass::worth).forEach(worth::add);
    return new CrossValidatedFit(
        fits.stream().map(fit -> fit[FitRows.FOLDS].point()).toList(),
        worth.mean(worth.before),
        worth.mean(worth.after),
        worth.mean(worth.heldOut),
        worth.standardError());
  }

  private static void run(JavaRDD<FitRows> rows, Objective objective, List<NewtonFit[]> fits) {
    while (fits.stream().flatMap(Stream::of).anyMatch(CrossValidatedFit::isRunning)) {
      Pass pass = new Pass(objective, points(fits, true));
      Derivatives[][] sums = pass.sums();
      for (Derivatives[][] part : TaskResults.collect(rows, pass::derive)) {
        add(sums, part);
      }
      for (int problem = 0; problem < sums.length; problem++) {
        for (int fold = 0; fold <= FitRows.FOLDS; fold++) {
          if (isRunning(fits.get(problem)[fold])) {
            fits.get(problem)[fold].take(sums[problem][fold]);
          }
        }
      }
    }
  }

  /** Fits without a fold come after that of all rows. */
  private static boolean isRunning(NewtonFit fit) {
    return fit != null && fit.isRunning();
  }

  private static void requireConverged(List<NewtonFit[]> fits, Failure failure) {
    for (int problem = 0; problem < fits.size(); problem++) {
      for (int fold = FitRows.FOLDS; fold >= 0; fold--) {
        NewtonFit fit = fits.get(problem)[fold];
        if (fit != null && fit.state() != NewtonFit.State.CONVERGED) {
          throw failure.of(problem, fit, fold < FitRows.FOLDS);
        }
      }
    }
  }

  private static double[][][] points(List<NewtonFit[]> fits, boolean running) {
    return fits.stream()
        .map(
            folds ->
                Stream.of(folds)
                    .map(fit -> running && !isRunning(fit) ? null : fit.point())
                    .toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  private static void add(Derivatives[][] into, Derivatives[][] from) {
    for (int problem = 0; problem < into.length; problem++) {
      for (int fold = 0; fold < into[problem].length; fold++) {
        into[problem][fold].add(from[problem][fold]);
      }
    }
  }

  /** One pass over the rows, with points of each problem and fold; null where nothing is to do. */
  private static final class Pass implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Objective objective;
    private final double[][][] points;

    Pass(Objective objective, double[][][] points) {
      this.objective = objective;
      this.points = points;
    }

    Derivatives[][] sums() {
      Derivatives[][] sums = new Derivatives[points.length][FitRows.FOLDS + 1];
      for (Derivatives[] folds : sums) {
        for (int fold = 0; fold < folds.length; fold++) {
          folds[fold] = new Derivatives(objective.parameters());
        }
      }
      return sums;
    }

    Derivatives[][] derive(Iterator<FitRows> chunks) {
      Derivatives[][] sums = sums();
      while (chunks.hasNext()) {
        FitRows rows = chunks.next();
        for (int row = 0; row < rows.rows(); row++) {
          if (rows.weight(row) == 0) {
            // It adds nothing, whatever its loss: an infinite one times 0 would be NaN.
            continue;
          }
          for (int problem = 0; problem < points.length; problem++) {
            for (int fold = 0; fold <= FitRows.FOLDS; fold++) {
              if (fold != rows.fold(row) && points[problem][fold] != null) {
                objective.add(rows, row, problem, fold, points[problem][fold], sums[problem][fold]);
              }
            }
          }
        }
      }
      return sums;
    }

    Worth worth(Iterator<FitRows> chunks) {
      Worth worth = new Worth();
      double[] identity = objective.identity();
      while (chunks.hasNext()) {
        FitRows rows = chunks.next();
        for (int row = 0; row < rows.rows(); row++) {
          double before = 0;
          double after = 0;
          double heldOut = 0;
          for (int problem = 0; problem < points.length; problem++) {
            before += objective.loss(rows, row, problem, identity);
            after += objective.loss(rows, row, problem, points[problem][FitRows.FOLDS]);
            heldOut += objective.loss(rows, row, problem, points[problem][rows.fold(row)]);
          }
          int problems = points.length;
          worth.add(before / problems, after / problems, heldOut / problems, rows.weight(row));
        }
      }
      return worth;
    }
  }

  /** Sums of losses, exact. */
  private static final class Worth implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExactSum mass = new ExactSum();
    private final ExactSum before = new ExactSum();
    private final ExactSum after = new ExactSum();
    private final ExactSum heldOut = new ExactSum();
    private final ExactSum squaredMass = new ExactSum();
    private final ExactSum gain = new ExactSum();
    private final ExactSum squaredGain = new ExactSum();

    void add(double beforeRow, double afterRow, double heldOutRow, double weight) {
      if (weight == 0) {
        return;
      }
      double difference = beforeRow - heldOutRow;
      mass.add(weight);
      before.addProduct(beforeRow, weight);
      after.addProduct(afterRow, weight);
      heldOut.addProduct(heldOutRow, weight);
      squaredMass.addProduct(weight, weight);
      gain.addProduct(difference, weight * weight);
      squaredGain.addProduct(difference * difference, weight * weight);
    }

    void add(Worth other) {
      mass.add(other.mass);
      before.add(other.before);
      after.add(other.after);
      heldOut.add(other.heldOut);
      squaredMass.add(other.squaredMass);
      gain.add(other.gain);
      squaredGain.add(other.squaredGain);
    }

    double mean(ExactSum sum) {
      return sum.value() / mass.value();
    }

    /** Of the weighted mean of the rows' gains. */
    double standardError() {
      double mean = (before.value() - heldOut.value()) / mass.value();
      double squares =
          squaredGain.value() - 2 * mean * gain.value() + mean * mean * squaredMass.value();
      return Math.sqrt(Math.max(0, squares)) / mass.value();
    }
  }
}
