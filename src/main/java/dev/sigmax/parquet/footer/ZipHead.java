package dev.sigmax.parquet.footer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The beginning of a zip archive, whose first entry tells who wrote it: NumPy, PyTorch and Excel
 * keep their files in such archives.
 */
final class ZipHead {
  private static final int MAGIC = 0x04034b50;
  private static final int LENGTH_OF_NAME = 26;
  private static final int NAME = 30;

  private ZipHead() {}

  /** The name of the first entry, as far as {@code head} has it; empty where it is no archive. */
  static Optional<String> firstEntry(byte[] head) {
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    if (head.length < NAME || bytes.getInt(0) != MAGIC) {
      return Optional.empty();
    }
    int length = Math.min(bytes.getShort(LENGTH_OF_NAME) & 0xffff, head.length - NAME);
    return Optional.of(new String(head, NAME, length, StandardCharsets.UTF_8));
  }
}
