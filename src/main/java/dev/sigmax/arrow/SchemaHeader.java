package dev.sigmax.arrow;

import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Schema;

/**
 * A schema as it stands in a header, before anything is made of it. Its columns lie where offsets
 * say, so that a damaged one may hold itself, or the same column many times over.
 */
final class SchemaHeader {
  /** A column takes more of a header. */
  private static final int LEAST_BYTES_OF_COLUMN = 8;

  /** Nobody's columns are as deep, and recursion over them is safe. */
  private static final int MOST_DEPTH = 64;

  private long left;

  private SchemaHeader(long most) {
    this.left = most;
  }

  /**
   * Makes sure that the columns are as many and as deep as the header has room for.
   *
   * @throws DamagedFile if they are not
   */
  static void requireTree(Schema told) {
    SchemaHeader header = new SchemaHeader(told.getByteBuffer().capacity() / LEAST_BYTES_OF_COLUMN);
    for (int i = 0; i < told.fieldsLength(); i++) {
      header.count(told.fields(i), 1);
    }
  }

  private void count(Field field, int depth) {
    left--;
    if (left < 0 || depth > MOST_DEPTH) {
      throw new DamagedFile("its schema has more columns, or deeper ones, than it has room for");
    }
    for (int i = 0; i < field.childrenLength(); i++) {
      count(field.children(i), depth + 1);
    }
  }
}
