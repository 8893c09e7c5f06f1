package dev.sigmax.arrow;

import dev.sigmax.parquet.vector.BooleanVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataTypes;

/** A column of booleans, a bit each. */
final class BooleanColumn extends ArrowColumn {
  private final BodyBuffer values;

  BooleanColumn(BodyBuffer validity, BodyBuffer values) {
    super(new BooleanVector(DataTypes.BooleanType), validity);
    this.values = values;
  }

  @Override
  long bytes() {
    return values.size();
  }

  @Override
  void startValues(BatchCursor at) throws IOException {
    at.start(values);
    values.requireRoomFor(length(), 1);
  }

  @Override
  void readValues(long from, int count, int at) throws IOException {
    long first = from / Byte.SIZE;
    long bytes = (from + count + Byte.SIZE - 1) / Byte.SIZE - first;
    ByteBuffer bits = values.view(first, bytes);
    reserve(at, count);
    vector().plain(bits, (int) (from % Byte.SIZE), at, count);
  }

  @Override
  public void close() throws IOException {
    super.close();
    values.close();
  }
}
