package dev.sigmax.parquet.vector;

import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataType;

/** A column that a file does not have: nothing but nulls. */
public final class NullVector extends PageVector {
  /** So many nulls. */
  public NullVector(DataType type, int rows) {
    super(type);
    for (int i = 0; i < rows; i++) {
      setNull(i);
    }
  }

  @Override
  public void reserve(int count) {
    throw noValues();
  }

  @Override
  public PageVector dictionary(int count) {
    throw noValues();
  }

  @Override
  public void plain(ByteBuffer page, int from, int at, int count) {
    throw noValues();
  }

  @Override
  public void gather(PageVector dictionary, int[] indexes, int at, int count) {
    throw noValues();
  }

  @Override
  public void spread(int at, int count, int defined) {
    throw noValues();
  }

  // Who reads values in bulk reads those in the places of nulls as well.
  @Override
  public float getFloat(int row) {
    return 0;
  }

  @Override
  public double getDouble(int row) {
    return 0;
  }

  private static UnsupportedOperationException noValues() {
    return new UnsupportedOperationException("a column that is not there has no values");
  }
}
