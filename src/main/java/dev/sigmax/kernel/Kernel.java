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
   * <p>Error: correctly rounded for every float at T = 1, within 0.5001 ULP otherwise.
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

  /** As the float form; within 1 ULP. */
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

  /**
   * exp((z - max) / T) into {@code exponentials[0 … count)}, within 1 ULP of double, good for float
   * probabilities: what is below exp(-700) gives exp(-700). NaN, and +∞ under max = +∞, give NaN;
   * -∞ gives exp(-700).
   *
   * @param max no less than any logit
   */
  void exponentials(
      float[] logits, int from, int count, float max, double temperature, double[] exponentials);

  /**
   * exp((z - max) / T) as an unevaluated sum {@code high + low}, good for double probabilities: the
   * pair is within 2^-55 of the truth, relative, where it is a normal number. NaN, and +∞ under max
   * = +∞, give NaN; -∞ gives 0.
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

  /** {@code exponentials[i] * inverseSum}, rounded to float once. */
  void normalise(
      double[] exponentials, int count, double inverseSum, float[] probabilities, int from);

  /** {@code exponentials[i] / (sum + sumLow)}, the quotient corrected by its remainder. */
  void normalise(
      double[] exponentials,
      int count,
      double sum,
      double sumLow,
      double[] probabilities,
      int from);

  /**
   * Softmax of rows that lie class by class: {@code tile[c * stride + r]} is the logit of class c
   * in row r, and becomes its probability in place. For rows too short to fill a vector by
   * themselves: lanes run across rows. Bits, bound and what NaN and infinities give are those of
   * {@link Softmax#softmax(float[], int, int, double, float[], int)}.
   *
   * @param rows how many rows, at most {@code stride}
   * @param exponentials at least {@code (classes + 8) * lanes()} long; overwritten, and zero from
   *     {@code classes * lanes()} on, as it must come
   * @param sums receives Σ of each row's probabilities as written, as {@link Softmax#sum}
   */
  void softmaxTile(
      float[] tile,
      int stride,
      int rows,
      int classes,
      double temperature,
      double[] exponentials,
      double[] sums);
}
