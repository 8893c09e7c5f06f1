package dev.sigmax.arrow;

import java.io.IOException;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/** Goes through the nodes and buffers of a record batch as its columns take theirs. */
final class BatchCursor {
  private final RecordBatch batch;
  private final long body;
  private final int codec;
  private int node;
  private int buffer;
  private int view;

  /**
   * At some place of a record batch.
   *
   * @param body where its body begins in the file
   */
  BatchCursor(RecordBatch batch, long body, FieldLayout.Place at) {
    this.batch = batch;
    this.body = body;
    BodyCompression compression = batch.compression();
    this.codec = compression == null ? BufferStream.NO_CODEC : compression.codec();
    this.node = at.node();
    this.buffer = at.buffer();
    this.view = at.view();
  }

  /** The next node. */
  FieldNode node() {
    if (node >= batch.nodesLength()) {
      throw new DamagedFile("a record batch of " + batch.nodesLength() + " columns lacks one");
    }
    return batch.nodes(node++);
  }

  /** How many buffers the next column of views points into. */
  int viewedBuffers() {
    return FieldLayout.viewedBuffers(batch, view++);
  }

  /** Makes {@code reader} read the next buffer. */
  void start(BodyBuffer reader) throws IOException {
    if (buffer >= batch.buffersLength()) {
      throw new DamagedFile("a record batch of " + batch.buffersLength() + " buffers lacks one");
    }
    Buffer next = batch.buffers(buffer++);
    reader.start(body + next.offset(), next.length(), codec);
  }
}
