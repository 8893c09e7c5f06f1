package dev.sigmax.arrow;

/**
 * A message of a file with a body: a record batch, or the values of a dictionary.
 *
 * @param offset where its header begins
 * @param headerBytes how long the header is, with what stands before it
 * @param bodyBytes how long the body behind the header is
 * @param rows of the record batch, or values of the dictionary
 */
record MessageBlock(long offset, int headerBytes, long bodyBytes, long rows) {
  long body() {
    return offset + headerBytes;
  }

  /** Behind its last byte. */
  long end() {
    return body() + bodyBytes;
  }
}
