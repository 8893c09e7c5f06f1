package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.exec.ExplainedWriteExec;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.execution.command.ExecutedCommandExec;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Plans an {@code EXPLAIN} with what Spark's does not show: see {@link ExplainedWrite}. */
public final class ExplainStrategy extends SparkStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(ExplainStrategy.class);

  private final org.apache.spark.sql.classic.SparkSession session;

  /** The strategy for one session. */
  public ExplainStrategy(SparkSession session) {
    this.session = (org.apache.spark.sql.classic.SparkSession) session;
  }

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    List<SparkPlan> planned =
        plan instanceof ExplainCommand explain
            ? write(explain.logicalPlan())
                .<SparkPlan>map(
                    write -> new ExplainedWriteExec(new ExecutedCommandExec(explain), write))
                .map(List::of)
                .orElse(List.of())
            : List.of();
    return CollectionConverters.asScala(planned).toSeq();
  }

  private Optional<String> write(LogicalPlan statement) {
    try {
      return new ExplainedWrite(session).of(statement);
    } catch (Exception | LinkageError e) {
      // Of what is wrong with a statement Spark's own EXPLAIN tells.
      LOG.debug("The write of an explained statement could not be planned.", e);
      return Optional.empty();
    }
  }
}
