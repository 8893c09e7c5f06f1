package dev.sigmax.input;

import dev.sigmax.error.FewNames;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.input.column.LogitTypes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Whole numbers or decimals that a glob chooses beside floats: perhaps a label or an id whose name
 * begins as those of the logits do.
 */
public final class MixedLogits {
  private static final int MOST_NAMED = 3;

  private MixedLogits() {}

  /**
   * What a person should know of them; empty where there are none, and where the columns were named
   * one by one.
   */
  public static Optional<String> warning(ColumnChoice choice, InputTable table) {
    List<List<String>> paths = table.logitPaths();
    List<String> others =
        IntStream.range(0, paths.size())
            .filter(i -> !LogitTypes.isFloating(typeAt(paths.get(i), table)))
            .mapToObj(
                i ->
                    table.logits().columns().get(i)
                        + " ("
                        + typeAt(paths.get(i), table).catalogString()
                        + ")")
            .toList();
    boolean mixed = !others.isEmpty() && others.size() < paths.size();
    return mixed && choice instanceof ColumnChoice.Text text && text.isGlob()
        ? Optional.of(
            "the glob "
                + text.text()
                + " chooses floats and also "
                + FewNames.of(others, MOST_NAMED)
                + ", as classes like any other. If that is a label or an id, name the logits one by"
                + " one, with --logits.")
        : Optional.empty();
  }

  private static DataType typeAt(List<String> path, InputTable table) {
    DataType type = table.columns();
    for (String name : path) {
      type = LogitTypes.typeOf((StructType) type, name);
    }
    return type;
  }
}
