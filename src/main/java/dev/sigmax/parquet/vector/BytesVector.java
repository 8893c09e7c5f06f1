package dev.sigmax.parquet.vector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of texts, of bytes, or of decimals that lie in bytes. */
public final class BytesVector extends PageVector {
  /** An array's largest size, for any JVM. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final int fixedLength;
  private byte[] bytes = new byte[0];
  private int used;
  private int[] offsets;
  private int[] lengths;

  /** The dictionary whose values have all been copied, and where to. */
  private BytesVector shared;

  private int sharedFrom;
  private long total;

  /** A column whose values have one length; 0 for any. */
  public BytesVector(DataType type, int fixedLength) {
    this(type, fixedLength, 0);
  }

  private BytesVector(DataType type, int fixedLength, int count) {
    super(type);
    this.fixedLength = fixedLength;
    offsets = new int[count];
    lengths = new int[count];
  }

  @Override
  public void clear() {
    super.clear();
    used = 0;
    shared = null;
    total = 0;
  }

  @Override
  public void reserve(int count) {
    if (offsets.length < count) {
      int grown = Math.max(count, offsets.length + offsets.length / 2);
      offsets = Arrays.copyOf(offsets, grown);
      lengths = Arrays.copyOf(lengths, grown);
    }
  }

  private void reserveBytes(int more) {
    long needed = (long) used + more;
    if (needed > MOST_BYTES) {
      throw new UnsupportedOperationException(needed + " bytes in a batch of one column");
    }
    if (bytes.length < needed) {
      long grown = Math.max(needed, bytes.length + (long) bytes.length / 2);
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, grown));
    }
  }

  @Override
  public PageVector dictionary(int count) {
    return new BytesVector(dataType(), fixedLength, count);
  }

  /**
   * Takes values that lie one behind the other, in one piece.
   *
   * @param ends where each begins, counted from the first, and behind the last where it ends
   */
  public void between(ByteBuffer values, int[] ends, int at, int count) {
    int size = ends[count];
    reserveBytes(size);
    values.get(values.position(), bytes, used, size);
    for (int i = 0; i < count; i++) {
      addLast(at + i, ends[i + 1] - ends[i]);
    }
  }

  /**
   * Takes bytes in which values lie.
   *
   * @return where they begin among the bytes of this batch, for {@link #place}
   */
  public int add(ByteBuffer piece) {
    int start = used;
    int size = piece.remaining();
    reserveBytes(size);
    piece.get(piece.position(), bytes, start, size);
    used += size;
    return start;
  }

  /** Says where a value lies in the bytes that were added; values may share some. */
  public void place(int at, int from, int length) {
    offsets[at] = Objects.checkFromIndexSize(from, length, used);
    lengths[at] = length;
    total += length;
  }

  /** Copies the values in one piece, their lengths between them. */
  @Override
  public void plain(ByteBuffer page, int from, int at, int count) {
    if (fixedLength > 0) {
      plainFixed(page, from, at, count);
      return;
    }
    int start = page.position();
    int next = start;
    for (int i = 0; i < count; i++) {
      int length = page.getInt(next);
      next += Integer.BYTES;
      if (length < 0 || length > page.limit() - next || !fits(length)) {
        throw new IllegalArgumentException("a value of " + length + " bytes");
      }
      offsets[at + i] = used + (next - start);
      lengths[at + i] = length;
      next += length;
    }
    reserveBytes(next - start);
    page.get(bytes, used, next - start);
    used += next - start;
    total += next - start;
  }

  /** A decimal has a byte or more; where there are too many, Spark tells. */
  private boolean fits(int length) {
    return length > 0 || !(dataType() instanceof DecimalType);
  }

  private void plainFixed(ByteBuffer page, int from, int at, int count) {
    int size = Math.multiplyExact(count, fixedLength);
    reserveBytes(size);
    page.get(Math.multiplyExact(from, fixedLength), bytes, used, size);
    for (int i = 0; i < count; i++) {
      addLast(at + i, fixedLength);
    }
  }

  /** Takes the next bytes, which are there already, for a value. */
  private void addLast(int at, int length) {
    offsets[at] = used;
    lengths[at] = length;
    used += length;
    total += length;
  }

  @Override
  public void gather(PageVector dictionary, int[] indexes, int at, int count) {
    BytesVector entries = (BytesVector) dictionary;
    if (entries == shared || isLongerThan(entries.used, entries, indexes, count)) {
      gatherShared(entries, indexes, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      int length = entries.lengths[indexes[i]];
      reserveBytes(length);
      System.arraycopy(entries.bytes, entries.offsets[indexes[i]], bytes, used, length);
      addLast(at + i, length);
    }
  }

  private static boolean isLongerThan(int size, BytesVector entries, int[] indexes, int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += entries.lengths[indexes[i]];
    }
    return total > size;
  }

  /** Long values that repeat are there once: a batch may take more room than there is otherwise. */
  private void gatherShared(BytesVector entries, int[] indexes, int at, int count) {
    if (shared != entries) {
      reserveBytes(entries.used);
      System.arraycopy(entries.bytes, 0, bytes, used, entries.used);
      shared = entries;
      sharedFrom = used;
      used += entries.used;
    }
    for (int i = 0; i < count; i++) {
      offsets[at + i] = sharedFrom + entries.offsets[indexes[i]];
      lengths[at + i] = entries.lengths[indexes[i]];
      total += lengths[at + i];
    }
  }

  @Override
  public void split(ByteBuffer page, int from, int at, int count) {
    if (fixedLength == 0) {
      super.split(page, from, at, count);
    }
    int total = valuesOf(page, fixedLength, from, count);
    reserveBytes(Math.multiplyExact(count, fixedLength));
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < fixedLength; k++) {
        bytes[used + k] = page.get(k * total + from + i);
      }
      addLast(at + i, fixedLength);
    }
  }

  @Override
  public void decode(ValuesReader values, int at, int count) {
    for (int i = 0; i < count; i++) {
      ByteBuffer value = values.readBytes().toByteBuffer();
      int length = value.remaining();
      if ((fixedLength > 0 && length != fixedLength) || !fits(length)) {
        throw new IllegalArgumentException("a value of " + length + " bytes");
      }
      reserveBytes(length);
      value.get(value.position(), bytes, used, length);
      addLast(at + i, length);
    }
  }

  @Override
  public void spread(int at, int count, int defined) {
    int next = at + defined;
    for (int i = at + count - 1; i >= at; i--) {
      if (!isNullAt(i)) {
        next--;
        offsets[i] = offsets[next];
        lengths[i] = lengths[next];
      }
    }
  }

  /** How many bytes all values take together, at most. */
  public long size() {
    return total;
  }

  /** How many bytes the value of a row takes, which is not null. */
  public int length(int row) {
    return lengths[row];
  }

  @Override
  public UTF8String getUTF8String(int row) {
    return isNullAt(row) ? null : UTF8String.fromBytes(bytes, offsets[row], lengths[row]);
  }

  @Override
  public byte[] getBinary(int row) {
    return isNullAt(row)
        ? null
        : Arrays.copyOfRange(bytes, offsets[row], offsets[row] + lengths[row]);
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    if (isNullAt(row)) {
      return null;
    }
    BigInteger unscaled = new BigInteger(bytes, offsets[row], lengths[row]);
    return precision <= Decimal.MAX_LONG_DIGITS()
        ? Decimal.createUnsafe(unscaled.longValue(), precision, scale)
        : Decimal.apply(new BigDecimal(unscaled, scale), precision, scale);
  }
}
