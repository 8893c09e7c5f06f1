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

  /**
   * At some place of a record batch.
   *
   * @param body where its body begins in the file
   */
  BatchCursor(RecordBatch batch, long body, FieldLayout.Place at) {
    this.batch = batch;
    this.body = body;
    BodyCompression compression = batch.compression();
    this.codec = compression == null ? BodyBuffer.NO_CODEC : compression.codec();
    this.node = at.node();
    this.buffer = at.buffer();
  }

  /** The next node. */
  FieldNode node() {
    return batch.nodes(node++);
  }

  /** Makes {@code reader} read the next buffer. */
  void start(BodyBuffer reader) throws IOException {
    Buffer next = batch.buffers(buffer++);
    reader.start(body + next.offset(), next.length(), codec);
  }
}
