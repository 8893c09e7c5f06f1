package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.exec.ColumnarScoreExec;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Plans a {@link ScoreOutput}: scores over the scan that Spark plans for its table. */
public final class ScoreOutputStrategy extends SparkStrategy {
  /** The strategy for one session. */
  public ScoreOutputStrategy(SparkSession session) {}

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    List<SparkPlan> planned =
        plan instanceof ScoreOutput output
            ? List.of(
                new ColumnarScoreExec(
                    List.copyOf(CollectionConverters.asJava(output.output())),
                    planLater(output.table()),
                    output.scores(),
                    PlannedReader.of(output.table())))
            : List.of();
    return CollectionConverters.asScala(planned).toSeq();
  }
}
