package dev.sigmax.columnar.score;

import com.sun.management.ThreadMXBean;
import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.Kernels;
import java.lang.management.ManagementFactory;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Scores by the scalar kernel until the JVM has compiled the vector kernel: before, every vector is
 * an object, which costs more than it saves. Both give the same bits. The vector kernel is given a
 * part of some batches meanwhile, so that it is compiled, and has been when that allocates next to
 * nothing.
 *
 * <p>Not thread-safe.
 */
public final class WarmingScorer {
  private static final String FORCED = "vector";
  private static final int TRIED_LOGITS = 1 << 13;
  private static final int TRIED_ROWS_OF_ANY_LENGTH = 1 << 6;

  /** So many batches are tried one after the other, then every few while the compiler works. */
  private static final int TRIED_AT_FIRST = 40;

  private static final int TRIED_LATER = 8;

  /** From here on the vector kernel serves whatever it allocates. */
  private static final int LAST_TRIED = 400;

  /** A copy of a logit, and what is made once a batch; vectors as objects come to some 400. */
  private static final int BYTES_A_LOGIT = 12;

  private static final int BYTES_A_BATCH = 1 << 12;

  private final BatchScorer vector;
  private final BatchScorer scalar;
  private final int triedRows;
  private BatchScorer last;
  private boolean warm;
  private int batches;

  /** A scorer of one call of a function. */
  public WarmingScorer(ScoreCall call, Kernel kernel) {
    this.vector = new BatchScorer(call, kernel);
    this.scalar = new BatchScorer(call, Kernels.scalar());
    this.last = vector;
    boolean forced = FORCED.equals(System.getProperty(Kernels.PROPERTY));
    this.warm = forced || kernel == Kernels.scalar() || !Allocation.MEASURED;
    this.triedRows =
        call.anyLength()
            ? TRIED_ROWS_OF_ANY_LENGTH
            : Math.max(1, TRIED_LOGITS / Math.max(1, call.rule().classes()));
  }

  /** The scores of a batch; they hold until the next. */
  public Scores score(ColumnarBatch batch) {
    last = vector;
    if (warm) {
      return vector.score(batch);
    }
    batches++;
    if (batches <= TRIED_AT_FIRST || batches % TRIED_LATER == 0) {
      warm = allocatesLittle(batch) || batches >= LAST_TRIED;
    }
    last = scalar;
    return scalar.score(batch);
  }

  /** What is added to the last batch's scores; it holds as they do. */
  public BatchAdditions additions() {
    return last.additions();
  }

  private boolean allocatesLittle(ColumnarBatch batch) {
    int rows = Math.min(triedRows, batch.numRows());
    ColumnVector[] columns = new ColumnVector[batch.numCols()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(i);
    }
    ColumnarBatch part = new ColumnarBatch(columns, rows);
    long before = Allocation.ofThisThread();
    vector.score(part);
    long allocated = Allocation.ofThisThread() - before;
    return rows > 0 && allocated < BYTES_A_BATCH + BYTES_A_LOGIT * vector.logitCount();
  }

  /** What a thread has allocated, where this JVM tells. */
  private static final class Allocation {
    private static final java.lang.management.ThreadMXBean THREADS =
        ManagementFactory.getThreadMXBean();

    static final boolean MEASURED =
        THREADS instanceof ThreadMXBean threads
            && threads.isThreadAllocatedMemorySupported()
            && threads.isThreadAllocatedMemoryEnabled();

    static long ofThisThread() {
      return ((ThreadMXBean) THREADS).getThreadAllocatedBytes(Thread.currentThread().getId());
    }
  }
}
