package dev.sigmax.function;

import java.util.Map;

/**
 * The catalog of the job's own session: {@link ScoreFunction}, which is no function for users. A
 * session of theirs never has it.
 */
public final class ScoreCatalog extends FunctionList {
  private static final Map<String, ScoreFunction> FUNCTIONS =
      Map.of(
          ScoreFunction.asIs().name(),
          ScoreFunction.asIs(),
          ScoreFunction.asFloat().name(),
          ScoreFunction.asFloat());

  /** For Spark, which makes it by name. */
  public ScoreCatalog() {
    super(FUNCTIONS);
  }
}
