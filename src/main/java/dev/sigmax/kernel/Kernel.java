package dev.sigmax.kernel;

/**
 * The arithmetic that is worth writing twice: element by element over arrays, once in plain Java
 * and once on the Vector API. Everything that adds, decides or reports stands above, once.
 *
 * <p>All implementations give the same bits: per element they take the same IEEE operations in the
 * same order. Arrays are the caller's; input and output may be the same array at the same offset,
 * but must not overlap otherwise. Nothing is allocated, nothing is kept. An offset or count that
 * leaves an array throws {@link IndexOutOfBoundsException}.
 */
public interface Kernel {
  /** The implementation's name, as the manifest shows it. */
  String name();

  /** How many doubles are worked on at a time. */
  int lanes();

  /**
   * σ(z / T) of {@code count} logits. NaN gives NaN, +∞ gives 1, -∞ gives 0.
   *
   * <p>Error: correctly rounded for every float at T = 1 ({@code scripts/prove-sigmoid}; the
   * hardest is -0x1p-24, 1.5e-16 ULP from a tie), within 0.5001 ULP otherwise. Method: {@link
   * Sigmoid}.
   *
   * @param temperature T, positive and finite
   */
  void sigmoid(
      float[] logits,
      int logitsFrom,
      float[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature);

  /**
   * As the float form; within 1 ULP. The worst found among 2,000,000 is 0.910 ULP, at
   * -0x1.5d5fdceb1a30ap4.
   */
  void sigmoid(
      double[] logits,
      int logitsFrom,
      double[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature);

  /** The largest logit; NaN is passed over; -∞ where there is none. */
  float max(float[] logits, int from, int count);

  /** The largest logit; NaN is passed over; -∞ where there is none. */
  double max(double[] logits, int from, int count);

  /** The least value; NaN where there is one among them; +∞ where there is none. */
  float minOrNaN(float[] values, int from, int count);

  /** The least value; NaN where there is one among them; +∞ where there is none. */
  double minOrNaN(double[] values, int from, int count);

  /** The greatest value; NaN where there is one among them; -∞ where there is none. */
  float maxOrNaN(float[] values, int from, int count);

  /** The greatest value; NaN where there is one among them; -∞ where there is none. */
  double maxOrNaN(double[] values, int from, int count);

  /**
   * From the least to the greatest value; both NaN where there is one among them, and +∞ to -∞
   * where there is no value.
   */
  default ValueRange range(float[] values, int from, int count) {
    return new ValueRange(minOrNaN(values, from, count), maxOrNaN(values, from, count));
  }

  /**
   * From the least to the greatest value; both NaN where there is one among them, and +∞ to -∞
   * where there is no value.
   */
  default ValueRange range(double[] values, int from, int count) {
    return new ValueRange(minOrNaN(values, from, count), maxOrNaN(values, from, count));
  }

  /**
   * {@code maxima[i]} becomes the larger of itself and {@code logits[from + i]}; NaN is passed
   * over.
   */
  void maxInto(float[] logits, int from, int count, float[] maxima);

  /**
   * exp((z - max) / T) of {@code count} logits into {@code exponentials} from {@code to} on, good
   * for float probabilities: relative error below 2^-51.6 down to exp(-20), below 2^-47 at
   * exp(-700), and what is below that gives exp(-700). Method: {@link Exponential#forFloatSum}.
   * NaN, and +∞ under max = +∞, give NaN; -∞ gives exp(-700).
   *
   * @param maxima no less than the logits: with {@code maximaStep} 1 one for each logit, with 0 at
   *     least {@link #lanes()} times the same one
   * @param exponentials not the array of the maxima
   */
  void exponentials(
      float[] logits,
      int from,
      int count,
      double[] maxima,
      int maximaStep,
      double temperature,
      double[] exponentials,
      int to);

  /**
   * exp((z - max) / T) as an unevaluated sum {@code high + low}, good for double probabilities: the
   * pair is within 2^-55 of the truth, relative, where it is a normal number. Method: {@link
   * PairedExponential}. NaN, and +∞ under max = +∞, give NaN; -∞ gives 0.
   *
   * @param max no less than any logit
   */
  void exponentials(
      double[] logits,
      int from,
      int count,
      double max,
      double temperature,
      double[] high,
      double[] low);

  /**
   * {@code exponentials[i] * inverseSum} for {@code count} of them, rounded to float once and
   * written from {@code from} on. NaN in either gives NaN.
   */
  void normalise(
      double[] exponentials, int count, double inverseSum, float[] probabilities, int from);

  /**
   * {@code exponentials[i] / (sum + sumLow)} for {@code count} of them, the quotient corrected by
   * its remainder: within 0.51 ULP of what the arguments say, where that is a normal number.
   * Written from {@code from} on; NaN anywhere gives NaN.
   */
  void normalise(
      double[] exponentials,
      int count,
      double sum,
      double sumLow,
      double[] probabilities,
      int from);

  /**
   * {@code exponentials[at + i] * inverses[i]}, rounded to float once, and added as written to
   * {@code sums[sumsFrom + i]}. NaN in either factor gives NaN in both results.
   */
  void normalise(
      double[] exponentials,
      int at,
      int count,
      double[] inverses,
      float[] probabilities,
      int from,
      double[] sums,
      int sumsFrom);

  /**
   * Adds {@code terms[at + i]} to {@code sums[sumsFrom + i]}, {@code count} times; one rounding.
   */
  void add(double[] terms, int at, int count, double[] sums, int sumsFrom);

  /**
   * Adds the eight stripes of each row as the tree of {@link StripedSum}: stripe j of row i is
   * {@code stripes[j * stride + i]}, and its sum, seven roundings, replaces {@code sums[sumsFrom +
   * i]}.
   */
  void addStripes(double[] stripes, int stride, int count, double[] sums, int sumsFrom);
}
