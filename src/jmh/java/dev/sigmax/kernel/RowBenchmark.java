package dev.sigmax.kernel;

import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
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
 * Nanoseconds a logit of a single row of 10, as a service scores one request; ten times that is the
 * row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules=jdk.incubator.vector"})
public class RowBenchmark {
  private static final int CLASSES = 10;

  /** Which kernel. */
  @Param({"vector", "scalar"})
  public String kernel;

  private Kernel chosen;
  private Softmax softmax;
  private RowScorer scorer;
  private final float[] floats = new float[CLASSES];
  private final float[] floatResults = new float[CLASSES];
  private final double[] doubles = new double[CLASSES];
  private final double[] doubleResults = new double[CLASSES];

  /** The same seeded logits for all. */
  @Setup
  public void fill() {
    chosen = kernel.equals("scalar") ? Kernels.scalar() : Kernels.kernel();
    if (!chosen.name().equals(kernel)) {
      throw new IllegalStateException("wanted " + kernel + ", got " + chosen.name());
    }
    softmax = new Softmax(chosen);
    scorer =
        new RowScorer(
            new ScoringRule(Task.MULTICLASS, CLASSES, 1, NonFinite.REJECT, ScoringRule.AS_PROMISED),
            chosen);
    Random random = new Random(1);
    for (int i = 0; i < CLASSES; i++) {
      doubles[i] = random.nextGaussian() * 3;
      floats[i] = (float) doubles[i];
    }
  }

  /** Float softmax. */
  @Benchmark
  @OperationsPerInvocation(CLASSES)
  public float[] row10Softmax() {
    softmax.softmax(floats, 0, CLASSES, 1, floatResults, 0);
    return floatResults;
  }

  /** Float softmax with the row's sum and checks. */
  @Benchmark
  @OperationsPerInvocation(CLASSES)
  public RowIssue row10SoftmaxChecked() {
    return scorer.score(floats, CLASSES, floatResults);
  }

  /** Double softmax. */
  @Benchmark
  @OperationsPerInvocation(CLASSES)
  public double[] row10SoftmaxDouble() {
    softmax.softmax(doubles, 0, CLASSES, 1, doubleResults, 0);
    return doubleResults;
  }

  /** Float sigmoids. */
  @Benchmark
  @OperationsPerInvocation(CLASSES)
  public float[] row10Sigmoid() {
    chosen.sigmoid(floats, 0, floatResults, 0, CLASSES, 1);
    return floatResults;
  }
}
