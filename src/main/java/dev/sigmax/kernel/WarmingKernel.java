package dev.sigmax.kernel;

/**
 * The vector kernel, once the JVM has compiled it. Until then every vector is an object, some 700
 * bytes a logit, and the scalar kernel, which gives the same bits, takes most calls. It is decided
 * for each method by itself, by the clock.
 */
final class WarmingKernel implements Kernel {
  private final Kernel vector;
  private final Serving sigmoidOfFloats;
  private final Serving sigmoidOfDoubles;
  private final Serving maxOfFloats;
  private final Serving maxOfDoubles;
  private final Serving minOrNaNOfFloats;
  private final Serving minOrNaNOfDoubles;
  private final Serving maxOrNaNOfFloats;
  private final Serving maxOrNaNOfDoubles;
  private final Serving maxInto;
  private final Serving exponentialsOfFloats;
  private final Serving exponentialsOfDoubles;
  private final Serving normaliseRow;
  private final Serving normaliseDoubleRow;
  private final Serving normaliseColumn;
  private final Serving add;
  private final Serving addStripes;

  WarmingKernel(Kernel vector, Kernel scalar) {
    this.vector = vector;
    this.sigmoidOfFloats = new Serving(scalar, vector);
    this.sigmoidOfDoubles = new Serving(scalar, vector);
    this.maxOfFloats = new Serving(scalar, vector);
    this.maxOfDoubles = new Serving(scalar, vector);
    this.minOrNaNOfFloats = new Serving(scalar, vector);
    this.minOrNaNOfDoubles = new Serving(scalar, vector);
    this.maxOrNaNOfFloats = new Serving(scalar, vector);
    this.maxOrNaNOfDoubles = new Serving(scalar, vector);
    this.maxInto = new Serving(scalar, vector);
    this.exponentialsOfFloats = new Serving(scalar, vector);
    this.exponentialsOfDoubles = new Serving(scalar, vector);
    this.normaliseRow = new Serving(scalar, vector);
    this.normaliseDoubleRow = new Serving(scalar, vector);
    this.normaliseColumn = new Serving(scalar, vector);
    this.add = new Serving(scalar, vector);
    this.addStripes = new Serving(scalar, vector);
  }

  @Override
  public String name() {
    return vector.name();
  }

  @Override
  public int lanes() {
    return vector.lanes();
  }

  @Override
  public void sigmoid(
      float[] logits,
      int logitsFrom,
      float[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    Kernel serving = sigmoidOfFloats.next();
    long start = sigmoidOfFloats.start();
    serving.sigmoid(logits, logitsFrom, probabilities, probabilitiesFrom, count, temperature);
    sigmoidOfFloats.end(serving, count, start);
  }

  @Override
  public void sigmoid(
      double[] logits,
      int logitsFrom,
      double[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    Kernel serving = sigmoidOfDoubles.next();
    long start = sigmoidOfDoubles.start();
    serving.sigmoid(logits, logitsFrom, probabilities, probabilitiesFrom, count, temperature);
    sigmoidOfDoubles.end(serving, count, start);
  }

  @Override
  public float max(float[] logits, int from, int count) {
    Kernel serving = maxOfFloats.next();
    long start = maxOfFloats.start();
    float result = serving.max(logits, from, count);
    maxOfFloats.end(serving, count, start);
    return result;
  }

  @Override
  public double max(double[] logits, int from, int count) {
    Kernel serving = maxOfDoubles.next();
    long start = maxOfDoubles.start();
    double result = serving.max(logits, from, count);
    maxOfDoubles.end(serving, count, start);
    return result;
  }

  @Override
  public float minOrNaN(float[] values, int from, int count) {
    Kernel serving = minOrNaNOfFloats.next();
    long start = minOrNaNOfFloats.start();
    float result = serving.minOrNaN(values, from, count);
    minOrNaNOfFloats.end(serving, count, start);
    return result;
  }

  @Override
  public double minOrNaN(double[] values, int from, int count) {
    Kernel serving = minOrNaNOfDoubles.next();
    long start = minOrNaNOfDoubles.start();
    double result = serving.minOrNaN(values, from, count);
    minOrNaNOfDoubles.end(serving, count, start);
    return result;
  }

  @Override
  public float maxOrNaN(float[] values, int from, int count) {
    Kernel serving = maxOrNaNOfFloats.next();
    long start = maxOrNaNOfFloats.start();
    float result = serving.maxOrNaN(values, from, count);
    maxOrNaNOfFloats.end(serving, count, start);
    return result;
  }

  @Override
  public double maxOrNaN(double[] values, int from, int count) {
    Kernel serving = maxOrNaNOfDoubles.next();
    long start = maxOrNaNOfDoubles.start();
    double result = serving.maxOrNaN(values, from, count);
    maxOrNaNOfDoubles.end(serving, count, start);
    return result;
  }

  @Override
  public void maxInto(float[] logits, int from, int count, float[] maxima) {
    Kernel serving = maxInto.next();
    long start = maxInto.start();
    serving.maxInto(logits, from, count, maxima);
    maxInto.end(serving, count, start);
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
    Kernel serving = exponentialsOfFloats.next();
    long start = exponentialsOfFloats.start();
    serving.exponentials(logits, from, count, maxima, maximaStep, temperature, exponentials, to);
    exponentialsOfFloats.end(serving, count, start);
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
    Kernel serving = exponentialsOfDoubles.next();
    long start = exponentialsOfDoubles.start();
    serving.exponentials(logits, from, count, max, temperature, high, low);
    exponentialsOfDoubles.end(serving, count, start);
  }

  @Override
  public void normalise(
      double[] exponentials, int count, double inverseSum, float[] probabilities, int from) {
    Kernel serving = normaliseRow.next();
    long start = normaliseRow.start();
    serving.normalise(exponentials, count, inverseSum, probabilities, from);
    normaliseRow.end(serving, count, start);
  }

  @Override
  public void normalise(
      double[] exponentials,
      int count,
      double sum,
      double sumLow,
      double[] probabilities,
      int from) {
    Kernel serving = normaliseDoubleRow.next();
    long start = normaliseDoubleRow.start();
    serving.normalise(exponentials, count, sum, sumLow, probabilities, from);
    normaliseDoubleRow.end(serving, count, start);
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
    Kernel serving = normaliseColumn.next();
    long start = normaliseColumn.start();
    serving.normalise(exponentials, at, count, inverses, probabilities, from, sums, sumsFrom);
    normaliseColumn.end(serving, count, start);
  }

  @Override
  public void add(double[] terms, int at, int count, double[] sums, int sumsFrom) {
    Kernel serving = add.next();
    long start = add.start();
    serving.add(terms, at, count, sums, sumsFrom);
    add.end(serving, count, start);
  }

  @Override
  public void addStripes(double[] stripes, int stride, int count, double[] sums, int sumsFrom) {
    Kernel serving = addStripes.next();
    long start = addStripes.start();
    serving.addStripes(stripes, stride, count, sums, sumsFrom);
    addStripes.end(serving, count, start);
  }
}
