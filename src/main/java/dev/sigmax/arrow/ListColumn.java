package dev.sigmax.arrow;

import dev.sigmax.parquet.vector.ListVector;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/**
 * A column of lists, of a fixed size or of any. Lists that are null have no elements in the vector,
 * though they may have some in the file.
 */
final class ListColumn extends ArrowColumn {
  private final ListVector lists;
  private final ArrowColumn elements;
  private final Optional<Offsets> offsets;
  private final int fixedSize;

  private ListColumn(
      ListVector lists,
      BodyBuffer validity,
      ArrowColumn elements,
      Optional<Offsets> offsets,
      int fixedSize) {
    super(lists, validity);
    this.lists = lists;
    this.elements = elements;
    this.offsets = offsets;
    this.fixedSize = fixedSize;
  }

  static ListColumn ofAnySize(
      DataType type, BodyBuffer validity, Offsets offsets, ArrowColumn elements) {
    return new ListColumn(
        new ListVector(type, elements.vector()), validity, elements, Optional.of(offsets), 0);
  }

  static ListColumn ofFixedSize(
      DataType type, BodyBuffer validity, int size, ArrowColumn elements) {
    return new ListColumn(
        new ListVector(type, elements.vector()), validity, elements, Optional.empty(), size);
  }

  @Override
  long bytes() {
    return elements.bytes();
  }

  @Override
  long heldBytes() {
    return elements.heldBytes();
  }

  @Override
  void startValues(BatchCursor at) throws IOException {
    if (offsets.isPresent()) {
      offsets.get().start(at, length());
    }
    elements.start(at);
    if (offsets.isEmpty() && elements.length() < Math.multiplyExact(length(), (long) fixedSize)) {
      throw new DamagedFile(
          length() + " lists of " + fixedSize + ", and " + elements.length() + " elements");
    }
  }

  @Override
  void readValues(long from, int count, int at) throws IOException {
    reserve(at, count);
    elements.vector().clear();
    int[] starts = lists.starts();
    long[] begins = offsets.isPresent() ? offsets.get().of(from, count) : null;
    int total = 0;
    // One read for as many lists as have no null between them.
    int run = 0;
    for (int i = 0; i <= count; i++) {
      boolean ends = i == count || lists.isNullAt(at + i);
      if (ends && i > run) {
        long first = begin(begins, from, run);
        int size = Math.toIntExact(begin(begins, from, i) - first);
        requireElements(first + size);
        for (int k = run; k < i; k++) {
          starts[at + k] = Math.toIntExact(total + begin(begins, from, k) - first);
        }
        elements.read(first, size, total);
        total = Math.addExact(total, size);
      }
      if (ends) {
        starts[at + i] = total;
        run = i + 1;
      }
    }
  }

  private long begin(long[] begins, long from, int list) {
    return begins == null ? (from + list) * fixedSize : begins[list];
  }

  private void requireElements(long count) {
    if (count > elements.length()) {
      throw new DamagedFile(
          "a list that ends at the element " + count + ", of " + elements.length());
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    if (offsets.isPresent()) {
      offsets.get().close();
    }
    elements.close();
  }
}
