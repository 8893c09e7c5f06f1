package dev.sigmax.kernel;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds a logit, one thread, 2,000 logits (8 or 16 kB) that stay in the first-level cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules=jdk.incubator.vector"})
public class KernelBenchmark {
  private static final int LOGITS = 2000;

  /** Which kernel. */
  @Param({"vector", "scalar"})
  public String kernel;

  private Kernel chosen;
  private Softmax softmax;
  private SoftmaxTile tile10;
  private final float[] floats = new float[LOGITS];
  private final float[] floatResults = new float[LOGITS];
  private final double[] doubles = new double[LOGITS];
  private final double[] doubleResults = new double[LOGITS];
  private final float[][] columns = new float[10][LOGITS / 10];
  private final float[][] columnResults = new float[10][LOGITS / 10];
  private final double[] sums = new double[LOGITS];

  /** The same seeded logits for all. */
  @Setup
  public void fill() {
    chosen = kernel.equals("scalar") ? Kernels.scalar() : Kernels.kernel();
    if (!chosen.name().equals(kernel)) {
      throw new IllegalStateException("wanted " + kernel + ", got " + chosen.name());
    }
    softmax = new Softmax(chosen);
    tile10 = new SoftmaxTile(chosen, 10);
    Random random = new Random(1);
    for (int i = 0; i < LOGITS; i++) {
      doubles[i] = random.nextGaussian() * 3;
      floats[i] = (float) doubles[i];
      columns[i % 10][i / 10] = floats[i];
    }
  }

  /** Float softmax over columns, 10 classes, with row sums. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public double[] softmaxColumns10() {
    tile10.columns(columns, 0, LOGITS / 10, 1, columnResults, 0, sums);
    return sums;
  }

  /** Float softmax over arrays of 10, with row sums. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public double[] softmaxArrays10() {
    tile10.rows(floats, 0, LOGITS / 10, 1, floatResults, 0, sums);
    return sums;
  }

  /** Float softmax over arrays of 100. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public float[] softmaxArrays100() {
    for (int i = 0; i < LOGITS; i += 100) {
      softmax.softmax(floats, i, 100, 1, floatResults, i);
    }
    return floatResults;
  }

  /** Float softmax over arrays of 1,000. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public float[] softmaxArrays1000() {
    for (int i = 0; i < LOGITS; i += 1000) {
      softmax.softmax(floats, i, 1000, 1, floatResults, i);
    }
    return floatResults;
  }

  /** Double softmax over arrays of 1,000. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public double[] softmaxDoubleArrays1000() {
    for (int i = 0; i < LOGITS; i += 1000) {
      softmax.softmax(doubles, i, 1000, 1, doubleResults, i);
    }
    return doubleResults;
  }

  /** Float sigmoid. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public float[] sigmoidFloat() {
    chosen.sigmoid(floats, 0, floatResults, 0, LOGITS, 1);
    return floatResults;
  }

  /** Double sigmoid. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public double[] sigmoidDouble() {
    chosen.sigmoid(doubles, 0, doubleResults, 0, LOGITS, 1);
    return doubleResults;
  }
}
