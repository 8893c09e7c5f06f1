package dev.sigmax.columnar.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.ValueRange;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.tally.TallyRule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;

class BatchScorerTest {
  private static final int ROWS = 100;
  private static final int WRONG_ROW = 37;

  /** A kernel whose sigmoids of one logit are no probabilities. */
  private static Kernel brokenAt(double logit, double wrong) {
    return (Kernel)
        Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) -> {
              try {
                Object[] before = copied(arguments);
                Object result = method.invoke(Kernels.kernel(), arguments);
                if (method.getName().equals("sigmoid")) {
                  spoil(before, arguments, logit, wrong);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Object[] copied(Object... arguments) {
    Object[] copy = arguments == null ? new Object[0] : arguments.clone();
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] instanceof float[] floats) {
        copy[i] = floats.clone();
      } else if (copy[i] instanceof double[] doubles) {
        copy[i] = doubles.clone();
      }
    }
    return copy;
  }

  private static void spoil(Object[] before, Object[] after, double logit, double wrong) {
    for (int i = 0; i < (Integer) before[4]; i++) {
      int from = (Integer) before[1] + i;
      int to = (Integer) before[3] + i;
      if (before[0] instanceof float[] floats && floats[from] == logit) {
        ((float[]) after[2])[to] = (float) wrong;
      } else if (before[0] instanceof double[] doubles && doubles[from] == logit) {
        ((double[]) after[2])[to] = wrong;
      }
    }
  }

  @Test
  void aNumberThatIsNoProbabilityIsAnIssueOfItsRowAlone() {
    for (DataType type : List.of(DataTypes.FloatType, DataTypes.DoubleType)) {
      for (double wrong : new double[] {1.5, -0.25}) {
        Scores scores = scoreWith(brokenAt(WRONG_ROW, wrong), type);
        for (int i = 0; i < ROWS; i++) {
          if (i == WRONG_ROW) {
            assertEquals(Optional.of(RowIssue.RANGE), scores.issue(i), type + " " + wrong);
          } else {
            assertTrue(scores.isGood(i), type + " row " + i);
          }
        }
        assertEquals(Optional.empty(), scores.rangeOfAll());
      }
    }
  }

  @Test
  void aGoodBatchKnowsWhereItsProbabilitiesLie() {
    Scores floats = scoreWith(Kernels.kernel(), DataTypes.FloatType);
    assertEquals(Optional.of(new ValueRange(0.5, 1)), floats.rangeOf(0));
    Scores doubles = scoreWith(Kernels.kernel(), DataTypes.DoubleType);
    assertEquals(Optional.of(new ValueRange(0.5, 1)), doubles.rangeOfAll());
  }

  /** Logits 0 to 99 in each of two columns. */
  private static Scores scoreWith(Kernel kernel, DataType type) {
    boolean isFloat = type.equals(DataTypes.FloatType);
    OnHeapColumnVector[] columns = OnHeapColumnVector.allocateColumns(ROWS, schema(type));
    for (OnHeapColumnVector column : columns) {
      for (int i = 0; i < ROWS; i++) {
        if (isFloat) {
          column.putFloat(i, i);
        } else {
          column.putDouble(i, i);
        }
      }
    }
    ScoringRule rule = new ScoringRule(Task.MULTILABEL, 2, 1, NonFinite.REJECT, 0);
    LogitSource source = new LogitSource(false, List.of(0, 1), List.of(type, type), isFloat);
    return new BatchScorer(
            new ScoreCall(rule, source, true, false, isFloat, Additions.NONE, TallyRule.NONE),
            kernel)
        .score(new ColumnarBatch((ColumnVector[]) columns, ROWS));
  }

  private static StructType schema(DataType type) {
    return new StructType().add("a", type).add("b", type);
  }
}
