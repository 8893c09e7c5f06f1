package dev.sigmax.columnar.exec;

import dev.sigmax.kernel.RowIssue;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Rows as they are; on the way those with an issue are counted. */
final class CountedIssues implements Iterator<InternalRow> {
  private static final Map<UTF8String, RowIssue> BY_CODE =
      Stream.of(RowIssue.values())
          .collect(
              Collectors.toMap(issue -> UTF8String.fromString(issue.code()), Function.identity()));

  private final Iterator<InternalRow> rows;
  private final int column;
  private final IssueMetrics metrics;

  /**
   * Counts {@code rows}.
   *
   * @param column the one with the code of each row's issue, counted from 0; null in a good row
   */
  CountedIssues(Iterator<InternalRow> rows, int column, IssueMetrics metrics) {
    this.rows = rows;
    this.column = column;
    this.metrics = metrics;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public InternalRow next() {
    InternalRow row = rows.next();
    if (!row.isNullAt(column)) {
      metrics.add(BY_CODE.get(row.getUTF8String(column)));
    }
    return row;
  }
}
