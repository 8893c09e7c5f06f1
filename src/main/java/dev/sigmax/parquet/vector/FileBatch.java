package dev.sigmax.parquet.vector;

import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Some rows of a file one behind the other, and where they stand in it. */
public final class FileBatch extends ColumnarBatch {
  /** {@link #firstRow} where the footer does not say how many rows lie before a row group. */
  public static final long UNKNOWN = -1;

  private final String file;
  private long firstRow = UNKNOWN;

  /**
   * Rows of these columns, which may be filled again.
   *
   * @param file the path, as people know it
   */
  public FileBatch(String file, ColumnVector[] columns) {
    super(columns);
    this.file = file;
  }

  /** The path of the file. */
  public String file() {
    return file;
  }

  /** The index in the file, from 0, of the batch's first row; or {@link #UNKNOWN}. */
  public long firstRow() {
    return firstRow;
  }

  /** Says where the first row stands in the file, from 0, or {@link #UNKNOWN}. */
  public void startsAt(long row) {
    this.firstRow = row;
  }
}
