package dev.sigmax.job.run;

import dev.sigmax.columnar.plan.ColumnarScoringRule;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.Engine;
import dev.sigmax.spark.SparkFit;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Which path a run takes, and why. Both give the same bits.
 *
 * @param path {@link Engine#ROW} or {@link Engine#COLUMNAR}
 * @param session the session that scores so
 * @param table what the job makes in it
 */
public record EngineChoice(Engine path, String why, SparkSession session, Table table) {
  /** A session for a path. */
  public interface Sessions extends Function<Engine, SparkSession> {}

  /**
   * The rows of a job in a session. To plan thousands of columns takes seconds, so what was made to
   * choose is also what is written.
   *
   * @param read as they are
   * @param output scored, as they are to be written
   */
  public record Table(Dataset<Row> read, Dataset<Row> output) {}

  /** The table for a path, in a session. */
  public interface Tables extends BiFunction<Engine, SparkSession, Table> {}

  /**
   * Chooses.
   *
   * @param rowsOnly why the job itself needs rows; empty if it does not
   * @throws UsageException if the columnar path was asked for and cannot serve
   */
  public static EngineChoice of(
      Engine asked, Optional<String> rowsOnly, Sessions sessions, Tables tables) {
    if (asked == Engine.ROW) {
      return byRows("asked for", sessions, tables);
    }
    Optional<String> obstacle = rowsOnly.or(() -> SparkFit.here().columnarObstacle());
    if (obstacle.isEmpty()) {
      SparkSession session = sessions.apply(Engine.COLUMNAR);
      Table table = tables.apply(Engine.COLUMNAR, session);
      // The rule last: where Spark lacks what it needs, it may not load.
      obstacle = ColumnarScoringRule.obstacle(table.output());
      if (obstacle.isEmpty()) {
        String why = asked == Engine.COLUMNAR ? "asked for" : "the query plan allows it";
        return new EngineChoice(Engine.COLUMNAR, why, session, table);
      }
    }
    if (asked == Engine.COLUMNAR) {
      throw new UsageException(
          ErrorName.ENGINE_DOES_NOT_FIT,
          "the columnar engine cannot serve this job: "
              + obstacle.get()
              + ". Take --engine auto or row: the same bits.");
    }
    return byRows("not columnar because " + obstacle.get(), sessions, tables);
  }

  private static EngineChoice byRows(String why, Sessions sessions, Tables tables) {
    SparkSession session = sessions.apply(Engine.ROW);
    return new EngineChoice(Engine.ROW, why, session, tables.apply(Engine.ROW, session));
  }
}
