package dev.sigmax.arrow;

import dev.sigmax.parquet.bytes.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/** Reads the headers of messages. */
final class MessageReader {
  /** Stands before the length of a header; files of before 2019 do without. */
  static final int CONTINUATION = -1;

  static final int PREFIX_BYTES = 2 * Integer.BYTES;

  private final FileBytes file;
  private final long length;

  MessageReader(FileBytes file, long length) {
    this.file = file;
    this.length = length;
  }

  /** Some bytes of the file, little-endian. */
  ByteBuffer bytes(long position, long count) throws IOException {
    if (position < 0 || count < 0 || count > Integer.MAX_VALUE || position > length - count) {
      throw new DamagedFile(
          count + " bytes should lie at " + position + ", in a file of " + length);
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) count).order(ByteOrder.LITTLE_ENDIAN);
    file.read(position, bytes);
    return bytes.flip();
  }

  /** The header of a message, whose place and whole length are known. */
  Message header(long position, int headerBytes) throws IOException {
    ByteBuffer bytes = bytes(position, headerBytes);
    boolean prefixed = bytes.getInt() == CONTINUATION;
    bytes.position(prefixed ? PREFIX_BYTES : Integer.BYTES);
    return Message.getRootAsMessage(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  /** The header of a record batch, or of the one that a dictionary's values are. */
  static RecordBatch batch(Message message) {
    return switch (message.headerType()) {
      case MessageHeader.RecordBatch -> (RecordBatch) header(message, new RecordBatch());
      case MessageHeader.DictionaryBatch -> dictionary(message).data();
      default -> throw unexpected(message);
    };
  }

  static DictionaryBatch dictionary(Message message) {
    return (DictionaryBatch) header(message, new DictionaryBatch());
  }

  private static com.google.flatbuffers.Table header(
      Message message, com.google.flatbuffers.Table kind) {
    com.google.flatbuffers.Table header = message.header(kind);
    if (header == null) {
      throw new DamagedFile("a message without a header");
    }
    return header;
  }

  static DamagedFile unexpected(Message message) {
    return new DamagedFile(
        "a message of the kind " + message.headerType() + " where a record batch should be");
  }

  /** The message as a block, held against itself and the file. */
  MessageBlock block(long position, int headerBytes, Message message) {
    RecordBatch batch = batch(message);
    MessageBlock block =
        new MessageBlock(position, headerBytes, message.bodyLength(), batch.length());
    if (block.rows() < 0 || block.bodyBytes() < 0 || block.body() > length - block.bodyBytes()) {
      throw new DamagedFile(
          "a record batch of "
              + block.rows()
              + " rows should take "
              + block.bodyBytes()
              + " bytes from "
              + block.body()
              + " on, in a file of "
              + length);
    }
    long all = 0;
    for (int i = 0; i < batch.buffersLength(); i++) {
      long from = batch.buffers(i).offset();
      long bytes = batch.buffers(i).length();
      if (from < 0 || bytes < 0 || from > block.bodyBytes() - bytes) {
        throw new DamagedFile(
            "a buffer of "
                + bytes
                + " bytes should begin at "
                + from
                + " of the "
                + block.bodyBytes()
                + " bytes of its record batch");
      }
      all = Math.addExact(all, bytes);
    }
    if (all > block.bodyBytes()) {
      throw new DamagedFile(
          "buffers of "
              + all
              + " bytes lie over each other in the "
              + block.bodyBytes()
              + " bytes of their record batch");
    }
    return block;
  }
}
