package dev.sigmax.arrow;

import dev.sigmax.parquet.vector.BytesVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataType;

/** A column of texts or bytes of any length. */
final class BytesColumn extends ArrowColumn {
  private final BytesVector vector;
  private final Offsets offsets;
  private final BodyBuffer values;
  private int[] ends = new int[1];

  BytesColumn(DataType type, BodyBuffer validity, Offsets offsets, BodyBuffer values) {
    this(new BytesVector(type, 0), validity, offsets, values);
  }

  private BytesColumn(BytesVector vector, BodyBuffer validity, Offsets offsets, BodyBuffer values) {
    super(vector, validity);
    this.vector = vector;
    this.offsets = offsets;
    this.values = values;
  }

  @Override
  long bytes() {
    return values.size() + offsets.bytes();
  }

  @Override
  void startValues(BatchCursor at) throws IOException {
    offsets.start(at, length());
    at.start(values);
  }

  @Override
  void readValues(long from, int count, int at) throws IOException {
    long[] begins = offsets.of(from, count);
    long bytes = begins[count] - begins[0];
    if (bytes > Integer.MAX_VALUE) {
      throw new DamagedFile(bytes + " bytes of text in " + count + " rows");
    }
    ends = ends.length <= count ? new int[count + 1] : ends;
    for (int i = 0; i <= count; i++) {
      ends[i] = (int) (begins[i] - begins[0]);
    }
    ByteBuffer texts = values.view(begins[0], bytes);
    reserve(at, count);
    vector.between(texts, ends, at, count);
  }

  @Override
  public void close() throws IOException {
    super.close();
    offsets.close();
    values.close();
  }
}
