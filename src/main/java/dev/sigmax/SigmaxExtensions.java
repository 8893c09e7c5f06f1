package dev.sigmax;

import dev.sigmax.columnar.plan.ColumnarScoringRule;
import dev.sigmax.columnar.plan.ExplainStrategy;
import dev.sigmax.columnar.plan.ScoreOutputStrategy;
import dev.sigmax.spark.SparkFit;
import dev.sigmax.spark.TestedSparks;
import dev.sigmax.spark.calls.SessionFunctions;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import scala.runtime.BoxedUnit;

/**
 * The door for Spark sessions: {@code SELECT softmax(logits)} works without a catalog's name before
 * it. Spark finds this class by itself where the jar is on the class path of the driver; {@code
 * spark.sql.extensions=dev.sigmax.SigmaxExtensions} names it too, and both together are as one.
 */
public final class SigmaxExtensions implements SparkSessionExtensionsProvider {
  /** The sessions' extensions that have it: a setting, a service file and a builder may agree. */
  private static final Set<SparkSessionExtensions> EXTENDED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException on Spark 3, which logs it and opens the session without Sigmax
   */
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    TestedSparks.tooOld(SparkFit.version())
        .ifPresent(
            why -> {
              throw new IllegalStateException(why);
            });
    if (EXTENDED.add(extensions)) {
      SparkFit fit = SparkFit.here();
      if (fit.columnarObstacle().isEmpty()) {
        extensions.injectPlannerStrategy(ScoreOutputStrategy::new);
        extensions.injectPlannerStrategy(ExplainStrategy::new);
        extensions.injectColumnar(ColumnarScoringRule::new);
      }
      if (fit.callsObstacle().isEmpty()) {
        SessionFunctions.inject(extensions);
      }
    }
    return BoxedUnit.UNIT;
  }
}
