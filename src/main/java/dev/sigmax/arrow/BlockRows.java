package dev.sigmax.arrow;

/**
 * Which rows of a record batch belong to a part of a file. A row counts as standing where it would
 * if all rows of the batch took the same bytes of the message, so each belongs to one part, however
 * a file is cut.
 *
 * @param from the first, counted from 0
 * @param to the one behind the last
 */
record BlockRows(long from, long to) {
  /** Those of a record batch that is cut between any two rows. */
  static BlockRows of(MessageBlock block, long start, long end) {
    return new BlockRows(before(block, start), before(block, end));
  }

  /** Those of one that is not cut: all of them, where its header begins in the part. */
  static BlockRows uncut(MessageBlock block, long start, long end) {
    boolean begins = start <= block.offset() && block.offset() < end;
    return new BlockRows(0, begins ? block.rows() : 0);
  }

  boolean isEmpty() {
    return from >= to;
  }

  /** How many rows stand before a place of the file: never fewer for a later place. */
  private static long before(MessageBlock block, long place) {
    long bytes = block.headerBytes() + block.bodyBytes();
    double part = (double) (place - block.offset()) / bytes;
    if (part <= 0) {
      return 0;
    }
    return part >= 1 ? block.rows() : Math.min(block.rows(), (long) Math.ceil(part * block.rows()));
  }
}
