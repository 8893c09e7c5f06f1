package dev.sigmax.job.run;

import dev.sigmax.columnar.plan.ColumnarScoringRule;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.Engine;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Which path a run takes, and why. Both give the same bits.
 *
 * @param path {@link Engine#ROW} or {@link Engine#COLUMNAR}
 */
public record EngineChoice(Engine path, String why) {
  /**
   * Chooses for a table of scores, and sets the session so that writing it takes that path.
   *
   * @throws UsageException if the columnar path was asked for and cannot serve
   */
  public static EngineChoice of(Engine asked, SparkSession session, Dataset<Row> scores) {
    if (asked == Engine.ROW) {
      return set(session, new EngineChoice(Engine.ROW, "asked for"));
    }
    Optional<String> obstacle = ColumnarScoringRule.obstacle(scores);
    if (obstacle.isEmpty()) {
      String why = asked == Engine.COLUMNAR ? "asked for" : "the plan fits it";
      return set(session, new EngineChoice(Engine.COLUMNAR, why));
    }
    if (asked == Engine.COLUMNAR) {
      throw new UsageException(
          "the columnar engine cannot serve this job: "
              + obstacle.get()
              + ". Take --engine auto or row: the same bits.");
    }
    return set(session, new EngineChoice(Engine.ROW, "not columnar because " + obstacle.get()));
  }

  private static EngineChoice set(SparkSession session, EngineChoice choice) {
    session.conf().set(ColumnarScoringRule.ENABLED, choice.path() == Engine.COLUMNAR);
    if (choice.path() == Engine.ROW) {
      RunSession.narrow(session);
    }
    return choice;
  }
}
