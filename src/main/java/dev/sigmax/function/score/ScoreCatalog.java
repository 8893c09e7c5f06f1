package dev.sigmax.function.score;

import dev.sigmax.function.FunctionList;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The catalog of the job's own session: {@link ScoreFunction}, which is no function for users. A
 * session of theirs never has it.
 */
public final class ScoreCatalog extends FunctionList {
  private static final Map<String, ScoreFunction> FUNCTIONS =
      ScoreFunction.all().stream()
          .collect(Collectors.toUnmodifiableMap(ScoreFunction::name, Function.identity()));

  /** For Spark, which makes it by name. */
  public ScoreCatalog() {
    super(FUNCTIONS);
  }
}
