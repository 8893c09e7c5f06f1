package dev.sigmax.columnar.exec;

import dev.sigmax.kernel.rule.RowIssue;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** Rows as they are; on the way those with an issue are counted. */
final class CountedIssues implements Iterator<InternalRow> {
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
      metrics.add(RowIssue.ofCode(row.getString(column)).orElseThrow());
    }
    return row;
  }
}
