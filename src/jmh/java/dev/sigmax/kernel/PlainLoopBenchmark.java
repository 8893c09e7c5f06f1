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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What people write: loops around {@link Math#exp}, on the same logits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PlainLoopBenchmark {
  private static final int LOGITS = 2000;

  private final float[] floats = new float[LOGITS];
  private final float[] floatResults = new float[LOGITS];
  private final double[] doubles = new double[LOGITS];
  private final double[] doubleResults = new double[LOGITS];

  /** The logits of {@link KernelBenchmark}. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    for (int i = 0; i < LOGITS; i++) {
      doubles[i] = random.nextGaussian() * 3;
      floats[i] = (float) doubles[i];
    }
  }

  /** Float sigmoid. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public float[] sigmoidFloat() {
    for (int i = 0; i < LOGITS; i++) {
      floatResults[i] = (float) (1 / (1 + Math.exp(-floats[i])));
    }
    return floatResults;
  }

  /** Double sigmoid. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public double[] sigmoidDouble() {
    for (int i = 0; i < LOGITS; i++) {
      doubleResults[i] = 1 / (1 + Math.exp(-doubles[i]));
    }
    return doubleResults;
  }

  /** Float softmax over arrays of 10, in double. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public float[] softmaxArrays10() {
    softmax(10);
    return floatResults;
  }

  /** Float softmax over arrays of 1,000, in double. */
  @Benchmark
  @OperationsPerInvocation(LOGITS)
  public float[] softmaxArrays1000() {
    softmax(1000);
    return floatResults;
  }

  private void softmax(int classes) {
    for (int from = 0; from < LOGITS; from += classes) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = from; i < from + classes; i++) {
        max = Math.max(max, floats[i]);
      }
      double sum = 0;
      for (int i = from; i < from + classes; i++) {
        doubleResults[i] = Math.exp((double) floats[i] - max);
        sum += doubleResults[i];
      }
      for (int i = from; i < from + classes; i++) {
        floatResults[i] = (float) (doubleResults[i] / sum);
      }
    }
  }
}
