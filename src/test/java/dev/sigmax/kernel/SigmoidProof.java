package dev.sigmax.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs all 2^32 floats through both kernels' sigmoid and holds every result against {@link
 * SigmoidOracle}; prints the count, what was wrong, the worst case, and a digest of all results.
 * Run it with {@code scripts/prove-sigmoid}.
 */
final class SigmoidProof {
  /** 2^31 magnitudes, each with both signs, in 2^15 blocks. */
  static final int BLOCKS = 1 << 15;

  static final int BLOCK = 1 << 16;

  /** The digest of all 2^32 results, in the order of the blocks. */
  static final long DIGEST = 0xec5bd564fac872d7L;

  /** The digest of every 4,096th magnitude's results, both signs. */
  static final long STRATIFIED_DIGEST = 0xda0a66a067de6153L;

  /** What a block of magnitudes gave. */
  record Outcome(
      long wrong,
      long closeCalls,
      double closest,
      double closestLogit,
      long digest,
      String firstWrong) {}

  private SigmoidProof() {}

  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    List<Kernel> kernels = new ArrayList<>(List.of(Kernels.scalar()));
    if (Kernels.kernel() != Kernels.scalar()) {
      kernels.add(Kernels.kernel());
    }
    System.out.printf("kernels: %s%n", kernels.stream().map(Kernel::name).toList());
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicLong done = new AtomicLong();
    List<Future<Outcome>> outcomes = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      int block = b;
      outcomes.add(
          pool.submit(
              () -> {
                Outcome outcome = prove(kernels, block, 1);
                long blocks = done.incrementAndGet();
                if (blocks % (BLOCKS / 64) == 0) {
                  System.err.printf("%3d %%%n", blocks * 100 / BLOCKS);
                }
                return outcome;
              }));
    }
    long wrong = 0;
    long closeCalls = 0;
    double closest = 0.5;
    double closestLogit = 0;
    long digest = 0;
    for (Future<Outcome> future : outcomes) {
      Outcome outcome = future.get();
      wrong += outcome.wrong();
      closeCalls += outcome.closeCalls();
      if (outcome.closest() < closest) {
        closest = outcome.closest();
        closestLogit = outcome.closestLogit();
      }
      digest = 31 * digest + outcome.digest();
      if (outcome.firstWrong() != null) {
        System.out.println(outcome.firstWrong());
      }
    }
    pool.shutdown();
    System.out.printf(
        "%d inputs, %d wrong, %d decided in 60 digits, digest %016x%n",
        2L * BLOCKS * BLOCK, wrong, closeCalls, digest);
    System.out.printf(
        "the worst case is %a, %.3g ULP from a tie: an error of 0.5 ULP less that much%n",
        (float) closestLogit, closest);
    if (digest != DIGEST) {
      System.out.printf("the digest should be %016x%n", DIGEST);
    }
    System.exit(wrong == 0 && digest == DIGEST ? 0 : 1);
  }

  /** Every {@code stride}-th magnitude of a block, with both signs. */
  static Outcome prove(List<Kernel> kernels, int block, int stride) {
    int count = BLOCK / stride;
    float[] logits = new float[2 * count];
    float[] expected = new float[2 * count];
    float[] pair = new float[2];
    SigmoidOracle oracle = new SigmoidOracle();
    for (int i = 0; i < count; i++) {
      float magnitude = Float.intBitsToFloat(block * BLOCK + i * stride);
      oracle.both(magnitude, pair);
      logits[i] = magnitude;
      logits[count + i] = -magnitude;
      expected[i] = pair[0];
      expected[count + i] = pair[1];
    }
    long wrong = 0;
    long digest = 0;
    String firstWrong = null;
    float[] actual = new float[2 * count];
    for (Kernel kernel : kernels) {
      kernel.sigmoid(logits, 0, actual, 0, 2 * count, 1);
      digest = 0;
      for (int i = 0; i < 2 * count; i++) {
        int bits = Float.floatToIntBits(actual[i]);
        digest = 31 * digest + bits;
        if (bits != Float.floatToIntBits(expected[i])) {
          wrong++;
          if (firstWrong == null) {
            firstWrong =
                String.format(
                    "%s: sigmoid(%a) gave %a, not %a",
                    kernel.name(), logits[i], actual[i], expected[i]);
          }
        }
      }
    }
    return new Outcome(
        wrong, oracle.decidedInDigits, oracle.closest, oracle.closestLogit, digest, firstWrong);
  }
}
