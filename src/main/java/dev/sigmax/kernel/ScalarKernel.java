package dev.sigmax.kernel;

/** The kernel in plain Java: serves everywhere, and finishes the rows' ends for the other one. */
final class ScalarKernel implements Kernel {
  static final ScalarKernel INSTANCE = new ScalarKernel();

  private ScalarKernel() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void sigmoid(
      float[] logits,
      int logitsFrom,
      float[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    double inverse = Exponential.inverse(temperature);
    for (int i = 0; i < count; i++) {
      probabilities[probabilitiesFrom + i] = Sigmoid.ofScaled(logits[logitsFrom + i] * inverse);
    }
  }

  @Override
  public void sigmoid(
      double[] logits,
      int logitsFrom,
      double[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    for (int i = 0; i < count; i++) {
      probabilities[probabilitiesFrom + i] = Sigmoid.ofDouble(logits[logitsFrom + i], temperature);
    }
  }

  @Override
  public float max(float[] logits, int from, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      max = logits[i] > max ? logits[i] : max;
    }
    return max;
  }

  @Override
  public double max(double[] logits, int from, int count) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      max = logits[i] > max ? logits[i] : max;
    }
    return max;
  }

  @Override
  public float minOrNaN(float[] values, int from, int count) {
    float least = Float.POSITIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      least = Math.min(least, values[i]);
    }
    return least;
  }

  @Override
  public double minOrNaN(double[] values, int from, int count) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      least = Math.min(least, values[i]);
    }
    return least;
  }

  @Override
  public float maxOrNaN(float[] values, int from, int count) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      greatest = Math.max(greatest, values[i]);
    }
    return greatest;
  }

  @Override
  public double maxOrNaN(double[] values, int from, int count) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      greatest = Math.max(greatest, values[i]);
    }
    return greatest;
  }

  @Override
  public void maxInto(float[] logits, int from, int count, float[] maxima) {
    maxInto(logits, from, 0, count, maxima);
  }

  /** As the interface's method, for the elements from {@code start} on. */
  void maxInto(float[] logits, int from, int start, int count, float[] maxima) {
    for (int i = start; i < count; i++) {
      float logit = logits[from + i];
      maxima[i] = logit > maxima[i] ? logit : maxima[i];
    }
  }

  @Override
  public void exponentials(
      float[] logits,
      int from,
      int count,
      double[] maxima,
      int maximaStep,
      double temperature,
      double[] exponentials,
      int to) {
    double inverse = Exponential.inverse(temperature);
    for (int i = 0; i < count; i++) {
      exponentials[to + i] =
          Exponential.forFloatSum((logits[from + i] - maxima[i * maximaStep]) * inverse);
    }
  }

  @Override
  public void exponentials(
      double[] logits,
      int from,
      int count,
      double max,
      double temperature,
      double[] high,
      double[] low) {
    exponentials(logits, from, 0, count, max, temperature, high, low);
  }

  /** As the interface's method, for the elements from {@code start} on. */
  void exponentials(
      double[] logits,
      int from,
      int start,
      int count,
      double max,
      double temperature,
      double[] high,
      double[] low) {
    double inverse = Exponential.inverse(temperature);
    PairedExponential pair = new PairedExponential();
    for (int i = start; i < count; i++) {
      double logit = logits[from + i];
      double difference = logit - max;
      // What the subtraction lost (Knuth's two-sum): at 700 below the largest logit it is worth
      // hundreds of ULP of the exponential.
      double taken = difference - logit;
      double lost = (logit - (difference - taken)) - (max + taken);
      double x = difference * inverse;
      double tail = (Math.fma(-x, temperature, difference) + lost) * inverse;
      pair.of(x, tail);
      high[i] = pair.high;
      low[i] = pair.low;
    }
  }

  @Override
  public void normalise(
      double[] exponentials, int count, double inverseSum, float[] probabilities, int from) {
    normalise(exponentials, 0, count, inverseSum, probabilities, from);
  }

  /** As the interface's method, for the elements from {@code start} on. */
  void normalise(
      double[] exponentials,
      int start,
      int count,
      double inverseSum,
      float[] probabilities,
      int from) {
    for (int i = start; i < count; i++) {
      probabilities[from + i] = (float) (exponentials[i] * inverseSum);
    }
  }

  @Override
  public void normalise(
      double[] exponentials,
      int count,
      double sum,
      double sumLow,
      double[] probabilities,
      int from) {
    normalise(exponentials, 0, count, sum, sumLow, probabilities, from);
  }

  /** As the interface's method, for the elements from {@code start} on. */
  void normalise(
      double[] exponentials,
      int start,
      int count,
      double sum,
      double sumLow,
      double[] probabilities,
      int from) {
    double inverse = 1 / sum;
    for (int i = start; i < count; i++) {
      double quotient = exponentials[i] * inverse;
      double rest = Math.fma(-quotient, sumLow, Math.fma(-quotient, sum, exponentials[i]));
      probabilities[from + i] = Math.fma(rest, inverse, quotient);
    }
  }

  @Override
  public void normalise(
      double[] exponentials,
      int at,
      int count,
      double[] inverses,
      float[] probabilities,
      int from,
      double[] sums,
      int sumsFrom) {
    normalise(exponentials, at, 0, count, inverses, probabilities, from, sums, sumsFrom);
  }

  /** As the interface's method, for the elements from {@code start} on. */
  void normalise(
      double[] exponentials,
      int at,
      int start,
      int count,
      double[] inverses,
      float[] probabilities,
      int from,
      double[] sums,
      int sumsFrom) {
    for (int i = start; i < count; i++) {
      float probability = (float) (exponentials[at + i] * inverses[i]);
      probabilities[from + i] = probability;
      sums[sumsFrom + i] += probability;
    }
  }

  @Override
  public void add(double[] terms, int at, int count, double[] sums, int sumsFrom) {
    for (int i = 0; i < count; i++) {
      sums[sumsFrom + i] += terms[at + i];
    }
  }

  @Override
  public void addStripes(double[] stripes, int stride, int count, double[] sums, int sumsFrom) {
    addStripes(stripes, stride, 0, count, sums, sumsFrom);
  }

  /** As the interface's method, for the rows from {@code start} on. */
  void addStripes(double[] stripes, int stride, int start, int count, double[] sums, int sumsFrom) {
    double[] s = stripes;
    for (int i = start; i < count; i++) {
      int at = i + 4 * stride;
      sums[sumsFrom + i] =
          ((s[i] + s[at]) + (s[i + 2 * stride] + s[at + 2 * stride]))
              + ((s[i + stride] + s[at + stride]) + (s[i + 3 * stride] + s[at + 3 * stride]));
    }
  }
}
