package dev.sigmax.table.delta;

import dev.sigmax.spark.RowFilter;
import dev.sigmax.table.delta.ColumnRange.Place;
import io.delta.kernel.statistics.DataFileStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What statistics tell of the rows that a condition picks. They are bounds: a value may be anywhere
 * between the least and the largest, and rows that were deleted beside the file are counted in. So
 * "none" and "all" are true, and everything else has to be read.
 *
 * @param partition what is known of the columns that the table is partitioned by, by their names
 */
record StatisticsPicks(DataFileStatistics statistics, Map<String, ColumnRange> partition) {
  StatisticsPicks(DataFileStatistics statistics) {
    this(statistics, Map.of());
  }

  /**
   * What a condition may do with the rows of a file.
   *
   * @param picks whether it may pick one
   * @param leaves whether it may leave one out
   */
  private record Answer(boolean picks, boolean leaves) {}

  /** Empty where it may be some of the rows. */
  Optional<PickedRows> of(RowFilter filter) {
    long rows = statistics.getNumRecords();
    Answer answer = answer(filter);
    if (!answer.picks()) {
      return Optional.of(new PickedRows(0, rows));
    }
    return answer.leaves() ? Optional.empty() : Optional.of(new PickedRows(rows, rows));
  }

  private ColumnRange range(String column) {
    ColumnRange known = partition.get(column);
    return known == null ? ColumnRange.of(column, statistics) : known;
  }

  private Answer answer(RowFilter filter) {
    if (filter instanceof RowFilter.Constant constant) {
      return new Answer(constant.all(), !constant.all());
    }
    if (filter instanceof RowFilter.And both) {
      Answer left = answer(both.left());
      Answer right = answer(both.right());
      return new Answer(left.picks() && right.picks(), left.leaves() || right.leaves());
    }
    if (filter instanceof RowFilter.Or either) {
      Answer left = answer(either.left());
      Answer right = answer(either.right());
      return new Answer(left.picks() || right.picks(), left.leaves() && right.leaves());
    }
    if (filter instanceof RowFilter.Null empty) {
      ColumnRange range = range(empty.column());
      return empty.missing()
          ? new Answer(range.nulls(), range.values())
          : new Answer(range.values(), range.nulls());
    }
    if (filter instanceof RowFilter.Listed list) {
      ColumnRange range = range(list.column());
      return ofValues(range, listed(range, list.values()), list.among());
    }
    if (filter instanceof RowFilter.Prefixed text) {
      ColumnRange range = range(text.column());
      return ofValues(range, prefixed(range, text.prefix()), text.begins());
    }
    RowFilter.Compared compared = (RowFilter.Compared) filter;
    ColumnRange range = range(compared.column());
    return ofValues(range, compared(range, compared.comparison(), compared.value()), true);
  }

  /** A condition on values picks no null, and neither does its opposite. */
  private static Answer ofValues(ColumnRange range, Answer values, boolean asIs) {
    Answer answer =
        asIs ? values : new Answer(/* picks= */ values.leaves(), /* leaves= */ values.picks());
    return new Answer(
        range.values() && answer.picks(), range.nulls() || (range.values() && answer.leaves()));
  }

  private static Answer compared(ColumnRange range, RowFilter.Comparison comparison, Object value) {
    Place least = range.least(value);
    Place most = range.most(value);
    boolean same = least == Place.AT && most == Place.AT;
    boolean within = least != Place.ABOVE && most != Place.BELOW;
    return switch (comparison) {
      case EQUAL -> new Answer(within, !same);
      case NOT_EQUAL -> new Answer(!same, within);
      case LESS -> new Answer(least.maybeBelow(), most != Place.BELOW);
      case LESS_OR_EQUAL -> new Answer(least != Place.ABOVE, most.maybeAbove());
      case GREATER -> new Answer(most.maybeAbove(), least != Place.ABOVE);
      case GREATER_OR_EQUAL -> new Answer(most != Place.BELOW, least.maybeBelow());
    };
  }

  private static Answer listed(ColumnRange range, List<Object> values) {
    boolean picks = false;
    boolean leaves = true;
    for (Object value : values) {
      Answer one = compared(range, RowFilter.Comparison.EQUAL, value);
      picks |= one.picks();
      leaves &= one.leaves();
    }
    return new Answer(picks, leaves);
  }

  /** All texts between two that begin so begin so. */
  private static Answer prefixed(ColumnRange range, String prefix) {
    boolean leastBegins = range.leastBegins(prefix);
    boolean mostBegins = range.mostBegins(prefix);
    boolean picks =
        (leastBegins || range.least(prefix) != Place.ABOVE)
            && (mostBegins || range.most(prefix) != Place.BELOW);
    return new Answer(picks, !leastBegins || !mostBegins);
  }
}
