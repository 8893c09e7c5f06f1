package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every kernel promises; a subclass for each says which one it is. */
abstract class KernelSuite {
  private static final int STRATA = 1 << 15;

  abstract Kernel kernel();

  private Softmax softmax() {
    return new Softmax(kernel());
  }

  @Test
  void floatSigmoidIsCorrectlyRoundedInAStratifiedMillion() {
    long wrong = 0;
    long digest = 0;
    String first = null;
    // Every block of 2^16 neighbouring magnitudes gives 16, both signs: 2^20 in all.
    for (int block = 0; block < STRATA; block++) {
      SigmoidProof.Outcome outcome =
          SigmoidProof.prove(List.of(kernel()), block, SigmoidProof.BLOCK / 16);
      wrong += outcome.wrong();
      digest = 31 * digest + outcome.digest();
      first = first == null ? outcome.firstWrong() : first;
    }
    assertEquals(0, wrong, first);
    assertEquals(SigmoidProof.STRATIFIED_DIGEST, digest);
  }

  @Test
  void allBitsAreThoseOfEveryOtherKernel() {
    assertEquals(BitDigest.EXPECTED, BitDigest.of(kernel()));
  }

  @Test
  void theLeastAndTheGreatestAreFoundWhereverTheyStand() {
    for (int count : new int[] {1, 7, 16, 100}) {
      for (int at = 0; at < count; at++) {
        double[] values = new double[count + 2];
        Arrays.fill(values, -100);
        Arrays.fill(values, 1, count + 1, 3);
        values[count + 1] = 100;
        values[at + 1] = 7;
        assertEquals(7, kernel().maxOrNaN(values, 1, count));
        assertEquals(7f, kernel().maxOrNaN(floats(values), 1, count));
        assertEquals(count == 1 ? 7 : 3, kernel().minOrNaN(values, 1, count));
        values[at + 1] = -7;
        assertEquals(-7, kernel().minOrNaN(values, 1, count));
        assertEquals(-7f, kernel().minOrNaN(floats(values), 1, count));
        values[at + 1] = Double.NaN;
        assertEquals(Double.NaN, kernel().minOrNaN(values, 1, count));
        assertEquals(Double.NaN, kernel().maxOrNaN(values, 1, count));
        assertEquals(Float.NaN, kernel().minOrNaN(floats(values), 1, count));
        assertEquals(Float.NaN, kernel().maxOrNaN(floats(values), 1, count));
      }
    }
    assertEquals(Float.POSITIVE_INFINITY, kernel().minOrNaN(new float[0], 0, 0));
    assertEquals(Double.NEGATIVE_INFINITY, kernel().maxOrNaN(new double[0], 0, 0));
  }

  @Test
  void floatSigmoidTiesNearZeroFallTowardsOneHalf() {
    // 1/2 + x/4 lies halfway between two floats for odd multiples of 2^-23; -x³/48 decides.
    for (int odd = 1; odd < 129; odd += 2) {
      float x = odd * 0x1p-23f;
      float below = (float) (0.5 + (odd - 1) * 0x1p-25);
      assertEquals(below, sigmoidOf(x), "sigmoid of " + odd + " * 2^-23");
    }
  }

  @Test
  void sigmoidTakesItsLimitsAtTheEnds() {
    assertEquals(1f, sigmoidOf(Float.POSITIVE_INFINITY));
    assertEquals(0f, sigmoidOf(Float.NEGATIVE_INFINITY));
    assertEquals(0.5f, sigmoidOf(0f));
    assertEquals(0.5f, sigmoidOf(-0f));
    assertTrue(Float.isNaN(sigmoidOf(Float.NaN)));
    assertEquals(1.0, sigmoidOf(Double.POSITIVE_INFINITY, 1));
    assertEquals(0.0, sigmoidOf(Double.NEGATIVE_INFINITY, 1));
    assertEquals(0.0, sigmoidOf(Double.NEGATIVE_INFINITY, 1.7));
    assertEquals(0.5, sigmoidOf(0.0, 1));
    assertTrue(Double.isNaN(sigmoidOf(Double.NaN, 1.7)));
    assertEquals(Double.MIN_VALUE, sigmoidOf(-745.0, 1));
  }

  @Test
  void doubleSigmoidIsWithinOneUlp() {
    double worst = 0;
    for (Golden.Row row : Golden.sigmoid()) {
      double error = row.doubleError(0, sigmoidOf(row.logits()[0], row.temperature()));
      worst = Math.max(worst, error);
      assertTrue(error <= 1, () -> error + " ULP at " + row);
    }
    assertTrue(worst > 0.3, "the references are too close to be the true values");
  }

  @Test
  void floatSoftmaxIsWithinHalfAnUlpAndAlmostAlwaysCorrectlyRounded() {
    long values = 0;
    long wrong = 0;
    for (Golden.Row row : Golden.softmax("float")) {
      float[] logits = floats(row.logits());
      float[] probabilities = new float[logits.length];
      softmax().softmax(logits, 0, logits.length, row.temperature(), probabilities, 0);
      for (int i = 0; i < logits.length; i++) {
        double error = row.floatError(i, probabilities[i]);
        int at = i;
        assertTrue(error <= 0.5001, () -> error + " ULP at " + at + " of " + row.scenario());
        values++;
        wrong += probabilities[i] == (float) row.high()[i] ? 0 : 1;
      }
      double sum = softmax().sum(probabilities, 0, probabilities.length);
      assertTrue(Math.abs(sum - 1) <= 0x1p-23, () -> "sum " + sum);
    }
    assertTrue(values > 10_000);
    assertEquals(0, wrong, "of " + values);
  }

  @Test
  void doubleSoftmaxIsWithinTwoUlp() {
    for (Golden.Row row : Golden.softmax("double")) {
      double[] probabilities = new double[row.logits().length];
      softmax().softmax(row.logits(), 0, row.logits().length, row.temperature(), probabilities, 0);
      for (int i = 0; i < probabilities.length; i++) {
        double error = row.doubleError(i, probabilities[i]);
        int at = i;
        assertTrue(error <= 2, () -> error + " ULP at " + at + " of " + row.scenario());
      }
      double sum = softmax().sum(probabilities, 0, probabilities.length);
      assertTrue(Math.abs(sum - 1) <= 0x1p-48, () -> "sum " + sum);
    }
  }

  @Test
  void softmaxOfAHundredThousandClassesIsAsExact() {
    for (Golden.Large large : Golden.largeSoftmax()) {
      Golden.Row row = large.row();
      float[] floats = new float[Golden.LARGE];
      double[] doubles = new double[Golden.LARGE];
      for (int i = 0; i < Golden.LARGE; i++) {
        floats[i] = Golden.largeLogit(i, row.scenario());
        doubles[i] = floats[i];
      }
      boolean single = row.type().equals("float");
      softmax().softmax(floats, 0, Golden.LARGE, row.temperature(), floats, 0);
      softmax().softmax(doubles, 0, Golden.LARGE, row.temperature(), doubles, 0);
      for (int i = 0; i < large.classes().length; i++) {
        int at = large.classes()[i];
        double error = single ? row.floatError(i, floats[at]) : row.doubleError(i, doubles[at]);
        assertTrue(
            error <= (single ? 0.5001 : 2),
            () -> error + " ULP at " + at + " of " + row.scenario() + ", " + row.type());
      }
    }
  }

  @Test
  void softmaxOfEqualLogitsIsUniform() {
    for (int classes : new int[] {1, 2, 3, 7, 8, 9, 10, 100, 1000}) {
      float[] floats = new float[classes];
      Arrays.fill(floats, -3.25f);
      float[] expectedFloats = new float[classes];
      Arrays.fill(expectedFloats, (float) (1.0 / classes));
      softmax().softmax(floats, 0, classes, 1, floats, 0);
      assertArrayEquals(expectedFloats, floats);
      double[] doubles = new double[classes];
      double[] expectedDoubles = new double[classes];
      Arrays.fill(expectedDoubles, 1.0 / classes);
      softmax().softmax(doubles, 0, classes, 1, doubles, 0);
      assertArrayEquals(expectedDoubles, doubles);
    }
  }

  @Test
  void softmaxOfTheLargestDoublesDoesNotOverflow() {
    double[] logits = {-Double.MAX_VALUE, Double.MAX_VALUE, 0};
    softmax().softmax(logits, 0, 3, 1, logits, 0);
    assertArrayEquals(new double[] {0, 1, 0}, logits);
    double[] divided = {-Double.MAX_VALUE, Double.MAX_VALUE, 0};
    softmax().softmax(divided, 0, 3, 1e-300, divided, 0);
    assertArrayEquals(new double[] {0, 1, 0}, divided);
    float[] floats = {Float.MAX_VALUE, -Float.MAX_VALUE};
    softmax().softmax(floats, 0, 2, 1e-300, floats, 0);
    assertArrayEquals(new float[] {1, 0}, floats);
  }

  @Test
  void softmaxOfAnUndefinedRowIsAllNaN() {
    double inf = Double.POSITIVE_INFINITY;
    for (double[] logits :
        new double[][] {
          {1, Double.NaN, 2}, {1, inf}, {inf, inf}, {-inf, -inf}, {-inf}, {Double.NaN}
        }) {
      float[] floats = floats(logits);
      softmax().softmax(floats, 0, floats.length, 1, floats, 0);
      for (float probability : floats) {
        assertTrue(Float.isNaN(probability), () -> Arrays.toString(logits));
      }
      double[] doubles = logits.clone();
      softmax().softmax(doubles, 0, doubles.length, 1.7, doubles, 0);
      for (double probability : doubles) {
        assertTrue(Double.isNaN(probability), () -> Arrays.toString(logits));
      }
    }
  }

  @Test
  void bitsAreThoseOfTheScalarKernelWhateverTheOffsetAndLength() {
    Random random = new Random(20261121);
    for (int count = 0; count < 70; count++) {
      for (double temperature : new double[] {1, 0.3, 7}) {
        int offset = random.nextInt(9);
        double[] logits = new double[count + offset];
        for (int i = 0; i < logits.length; i++) {
          logits[i] = random.nextGaussian() * Math.pow(10, random.nextInt(6) - 3);
        }
        assertArrayEquals(
            doubleScores(Kernels.scalar(), logits, offset, temperature),
            doubleScores(kernel(), logits, offset, temperature));
        assertArrayEquals(
            floatScores(Kernels.scalar(), floats(logits), offset, temperature),
            floatScores(kernel(), floats(logits), offset, temperature));
      }
    }
  }

  @Test
  void tilesOfRowsAndColumnsGiveTheBitsOfSingleRows() {
    Random random = new Random(7);
    for (int classes = 1; classes <= 40; classes++) {
      int rows = 1 + random.nextInt(300);
      float[] logits = new float[rows * classes];
      float[][] columns = new float[classes][rows];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(4) - 1));
        if (random.nextInt(50) == 0) {
          logits[i] = random.nextBoolean() ? Float.NEGATIVE_INFINITY : Float.NaN;
        }
        columns[i % classes][i / classes] = logits[i];
      }
      double temperature = random.nextBoolean() ? 1 : 1.7;
      float[] expected = new float[logits.length];
      double[] expectedSums = new double[rows];
      for (int r = 0; r < rows; r++) {
        softmax().softmax(logits, r * classes, classes, temperature, expected, r * classes);
        expectedSums[r] = softmax().sum(expected, r * classes, classes);
      }
      SoftmaxTile tile = new SoftmaxTile(kernel(), classes);
      double[] sums = new double[rows];
      tile.columns(columns, 0, rows, temperature, columns, 0, sums);
      assertArrayEquals(expectedSums, sums);
      for (int i = 0; i < logits.length; i++) {
        assertEquals(expected[i], columns[i % classes][i / classes], "columns, " + classes);
      }
      double[] rowSums = new double[rows];
      tile.rows(logits, 0, rows, temperature, logits, 0, rowSums);
      assertArrayEquals(expected, logits);
      assertArrayEquals(expectedSums, rowSums);
    }
  }

  private static double[] doubleScores(
      Kernel kernel, double[] logits, int offset, double temperature) {
    int count = logits.length - offset;
    double[] scores = new double[2 * count];
    kernel.sigmoid(logits, offset, scores, 0, count, temperature);
    new Softmax(kernel).softmax(logits, offset, count, temperature, scores, count);
    return scores;
  }

  private static float[] floatScores(
      Kernel kernel, float[] logits, int offset, double temperature) {
    int count = logits.length - offset;
    float[] scores = new float[2 * count];
    kernel.sigmoid(logits, offset, scores, 0, count, temperature);
    new Softmax(kernel).softmax(logits, offset, count, temperature, scores, count);
    return scores;
  }

  /** In the middle of an array long enough for whole vectors and a rest. */
  private float sigmoidOf(float logit) {
    float[] logits = new float[21];
    Arrays.fill(logits, logit);
    kernel().sigmoid(logits, 0, logits, 0, logits.length, 1);
    assertEquals(logits[0], logits[20], "the vectors and the rest differ");
    return logits[0];
  }

  private double sigmoidOf(double logit, double temperature) {
    double[] logits = new double[21];
    Arrays.fill(logits, logit);
    kernel().sigmoid(logits, 0, logits, 0, logits.length, temperature);
    assertEquals(logits[0], logits[20], "the vectors and the rest differ");
    return logits[0];
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
