package dev.sigmax.parquet.write;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The codec of a column's chunk: Parquet names one for each. Where the first page hardly shrinks,
 * the chunk is not compressed: to pack such pages takes as long as to write them, and every reader
 * would have to unpack them. Not thread-safe.
 */
final class ChunkCodec {
  /** A page that keeps more than 19 of 20 bytes hardly shrinks. */
  private static final int PARTS = 20;

  private final CompressionCodecName asked;
  private final boolean mayLeave;
  private boolean decided;
  private boolean left;

  /**
   * The chunks of a column.
   *
   * @param mayLeave whether a chunk may stay without the codec that was asked for
   */
  ChunkCodec(CompressionCodecName asked, boolean mayLeave) {
    this.asked = asked;
    this.mayLeave = mayLeave && asked != CompressionCodecName.UNCOMPRESSED;
  }

  /** Whether pages stay as they are; known after the first page. */
  boolean left() {
    return left;
  }

  /** Learns what compression makes of a page; only the first of a chunk counts. */
  void note(int length, int compressedLength) {
    if (!decided) {
      decided = true;
      left = mayLeave && compressedLength > length - length / PARTS;
    }
  }

  /** The codec of the chunk, whose end this is: the next may have another. */
  CompressionCodecName end() {
    CompressionCodecName codec = left ? CompressionCodecName.UNCOMPRESSED : asked;
    decided = false;
    left = false;
    return codec;
  }
}
