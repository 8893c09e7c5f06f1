package dev.sigmax.columnar.scan;

import dev.sigmax.parquet.vector.FileBatch;
import java.io.Closeable;
import java.io.IOException;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/**
 * The batches of Spark's reader, which do not say where they stand in their file, as batches that
 * do. The reader gives all rows of a part of a file, one behind the other: nothing may filter them.
 * The columns stay Spark's.
 */
final class PlacedBatches extends AbstractIterator<ColumnarBatch> implements Closeable {
  private final Iterator<ColumnarBatch> batches;
  private final String file;
  private long row;
  private ColumnarBatch seen;
  private FileBatch placed;

  /**
   * Batches of a file.
   *
   * @param firstRow the index in the file of the first row, or {@link FileBatch#UNKNOWN}
   */
  PlacedBatches(Iterator<ColumnarBatch> batches, String file, long firstRow) {
    this.batches = batches;
    this.file = file;
    this.row = firstRow;
  }

  @Override
  public boolean hasNext() {
    return batches.hasNext();
  }

  @Override
  public ColumnarBatch next() {
    ColumnarBatch batch = batches.next();
    if (batch != seen) {
      seen = batch;
      placed = new FileBatch(file, columnsOf(batch));
    }
    placed.setNumRows(batch.numRows());
    placed.startsAt(row);
    row = row == FileBatch.UNKNOWN ? row : row + batch.numRows();
    return placed;
  }

  private static ColumnVector[] columnsOf(ColumnarBatch batch) {
    ColumnVector[] columns = new ColumnVector[batch.numCols()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(i);
    }
    return columns;
  }

  @Override
  public void close() throws IOException {
    if (batches instanceof Closeable open) {
      open.close();
    }
  }
}
