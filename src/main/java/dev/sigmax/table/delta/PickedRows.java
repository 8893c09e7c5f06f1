package dev.sigmax.table.delta;

/**
 * How many rows of a file a condition picks.
 *
 * @param all the rows of the file
 */
record PickedRows(long picked, long all) {
  boolean areNone() {
    return picked == 0;
  }

  /** Whether the condition picks some of them, and not others. */
  boolean split() {
    return picked > 0 && picked < all;
  }
}
