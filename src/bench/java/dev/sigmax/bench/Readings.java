package dev.sigmax.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one engine took for one table, once a round. */
final class Readings {
  /** What one process took, in seconds: by the clock, and by all its threads together. */
  record Taken(double wall, double cpu) {}

  private final List<Taken> rounds = new ArrayList<>();

  void add(Taken taken) {
    rounds.add(taken);
  }

  /** The middle round's seconds; of two middle ones the longer. */
  double median(ToDoubleFunction<Taken> seconds) {
    return sorted(seconds)[rounds.size() / 2];
  }

  /** The median with its spread. */
  String spread(ToDoubleFunction<Taken> seconds) {
    double[] all = sorted(seconds);
    return "%.2f (%.2f … %.2f)".formatted(median(seconds), all[0], all[all.length - 1]);
  }

  private double[] sorted(ToDoubleFunction<Taken> seconds) {
    return rounds.stream().mapToDouble(seconds).sorted().toArray();
  }
}
