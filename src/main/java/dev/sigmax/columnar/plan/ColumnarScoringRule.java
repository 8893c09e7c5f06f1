package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.exec.ColumnarWriteExec;
import dev.sigmax.columnar.exec.RowPathExec;
import dev.sigmax.columnar.scan.ColumnarSetting;
import dev.sigmax.spark.SparkFit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.WriteFilesExec;
import org.apache.spark.sql.execution.datasources.v2.V2TableWriteExec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * The rule that puts the columnar path in place of Spark's rows wherever scores of a Parquet scan
 * are written to Parquet. Where it cannot, the plan stays as it is and gives the same bits.
 */
public final class ColumnarScoringRule extends ColumnarRule {
  private static final String EXTENSIONS = "dev.sigmax.SigmaxExtensions";
  private static final Logger LOG = LoggerFactory.getLogger(ColumnarScoringRule.class);

  private final org.apache.spark.sql.classic.SparkSession session;

  /** The rule for one session. */
  public ColumnarScoringRule(SparkSession session) {
    this.session = (org.apache.spark.sql.classic.SparkSession) session;
  }

  /**
   * Why {@code scored}, written with the session's settings and no partitions, would not take the
   * columnar path; empty if it would.
   */
  public static Optional<String> obstacle(Dataset<?> scored) {
    org.apache.spark.sql.classic.SparkSession session =
        (org.apache.spark.sql.classic.SparkSession) scored.sparkSession();
    if (CollectionConverters.asJava(session.sessionState().columnarRules()).stream()
        .noneMatch(rule -> rule instanceof ColumnarScoringRule)) {
      return Optional.of("this session was made without spark.sql.extensions=" + EXTENSIONS);
    }
    // A node of a plan belongs to the session that is active when it is made.
    return session.withActive(() -> obstacle(session, scored));
  }

  private static Optional<String> obstacle(
      org.apache.spark.sql.classic.SparkSession session, Dataset<?> scored) {
    try {
      planner(session)
          .scoreToWrite(
              ((org.apache.spark.sql.classic.Dataset<?>) scored).queryExecution().sparkPlan(),
              Map.of());
      return Optional.empty();
    } catch (UnsupportedPlan declined) {
      return Optional.of(declined.getMessage());
    } catch (LinkageError misfit) {
      return Optional.of(doesNotFit(misfit));
    }
  }

  private static String doesNotFit(LinkageError misfit) {
    return "Spark " + SparkFit.version() + " does not fit the columnar path (" + misfit + ")";
  }

  @Override
  public Rule<SparkPlan> preColumnarTransitions() {
    return new WritesOfScores();
  }

  private static ColumnarPlanner planner(org.apache.spark.sql.classic.SparkSession session) {
    return new ColumnarPlanner(
        session.sessionState().conf(), session.sessionState().newHadoopConf());
  }

  private final class WritesOfScores extends Rule<SparkPlan> {
    @Override
    public SparkPlan apply(SparkPlan plan) {
      return plan.transformUp(
          new AbstractPartialFunction<SparkPlan, SparkPlan>() {
            @Override
            public boolean isDefinedAt(SparkPlan node) {
              return (node instanceof WriteFilesExec && !(node instanceof ColumnarWriteExec))
                  || node instanceof V2TableWriteExec;
            }

            @Override
            public SparkPlan apply(SparkPlan node) {
              return written(node);
            }
          });
    }

    private SparkPlan written(SparkPlan write) {
      SparkPlan rows = write.children().head();
      if (rows instanceof RowPathExec) {
        return write;
      }
      if (!session.conf().get(ColumnarSetting.ENABLED, "true").equals("true")) {
        return byRows(write, rows, "the setting " + ColumnarSetting.ENABLED + " is not true");
      }
      return write instanceof WriteFilesExec files
          ? columnar(files)
          : byRows(write, rows, UnsupportedPlan.OWN_WRITER);
    }

    private SparkPlan byRows(SparkPlan write, SparkPlan rows, String reason) {
      if (!ScoreCalls.in(rows)) {
        return write;
      }
      LOG.info("Scores are written by rows because {}.", reason);
      SparkPlan told = new RowPathExec(rows, reason, ScoreCalls.issueColumn(rows));
      return write.withNewChildren(CollectionConverters.asScala(List.of(told)).toSeq());
    }

    private SparkPlan columnar(WriteFilesExec write) {
      try {
        return planner(session).write(write);
      } catch (UnsupportedPlan declined) {
        return byRows(write, write.child(), declined.getMessage());
      } catch (LinkageError misfit) {
        LOG.warn("Scores are written by rows: {}.", doesNotFit(misfit));
        return write;
      }
    }
  }
}
