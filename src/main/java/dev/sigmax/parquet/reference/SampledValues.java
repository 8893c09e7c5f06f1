package dev.sigmax.parquet.reference;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A look at the numbers of some columns without Spark: the first rows of chosen row groups, as
 * doubles. Owns its file; not thread-safe.
 */
public interface SampledValues extends Closeable {
  /** So many values are enough of a row group, however many rows that is. */
  int MOST_VALUES = 1 << 20;

  /** How many row groups, or record batches, the file has. */
  int rowGroups();

  /** The bytes that are read for the first rows of a row group. */
  long bytes(int rowGroup);

  /**
   * The first rows of a row group, for each column: the elements of an array, or the one value of a
   * scalar. A row is null for a null array and for a column that the file does not have; NaN stands
   * for a null value.
   */
  List<List<double[]>> read(int rowGroup, int rows) throws IOException;

  /** How many of the values read so far, in the first {@code columns} columns, were null. */
  long nulls(int columns);
}
