package dev.sigmax.job.run;

import dev.sigmax.columnar.plan.ColumnarScoringRule;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.Engine;
import dev.sigmax.spark.SparkFit;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Which path a run takes, and why. Both give the same bits.
 *
 * @param path {@link Engine#ROW} or {@link Engine#COLUMNAR}
 * @param session the session that scores so
 */
public record EngineChoice(Engine path, String why, SparkSession session) {
  /** A session for a path. */
  public interface Sessions extends Function<Engine, SparkSession> {}

  /** The table of scores in a session. */
  public interface Scores extends Function<SparkSession, Dataset<Row>> {}

  /**
   * Chooses.
   *
   * @param rowsOnly why the job itself needs rows; empty if it does not
   * @throws UsageException if the columnar path was asked for and cannot serve
   */
  public static EngineChoice of(
      Engine asked, Optional<String> rowsOnly, Sessions sessions, Scores scores) {
    if (asked == Engine.ROW) {
      return new EngineChoice(Engine.ROW, "asked for", sessions.apply(Engine.ROW));
    }
    SparkSession session = sessions.apply(Engine.COLUMNAR);
    // The rule last: where Spark lacks what it needs, it may not load.
    Optional<String> obstacle =
        rowsOnly
            .or(() -> SparkFit.here().columnarObstacle())
            .or(() -> ColumnarScoringRule.obstacle(scores.apply(session)));
    if (obstacle.isEmpty()) {
      String why = asked == Engine.COLUMNAR ? "asked for" : "the query plan allows it";
      return new EngineChoice(Engine.COLUMNAR, why, session);
    }
    if (asked == Engine.COLUMNAR) {
      throw new UsageException(
          ErrorName.ENGINE_DOES_NOT_FIT,
          "the columnar engine cannot serve this job: "
              + obstacle.get()
              + ". Take --engine auto or row: the same bits.");
    }
    return new EngineChoice(
        Engine.ROW, "not columnar because " + obstacle.get(), sessions.apply(Engine.ROW));
  }
}
