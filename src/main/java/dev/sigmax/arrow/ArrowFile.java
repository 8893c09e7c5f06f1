package dev.sigmax.arrow;

import dev.sigmax.parquet.bytes.FileBytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.types.DataType;

/**
 * An open Arrow IPC file or stream: its columns, and where its record batches lie. Owns the file;
 * not thread-safe.
 */
public final class ArrowFile implements Closeable {
  private static final List<String> ENDINGS = List.of(".arrow", ".arrows", ".feather", ".ipc");
  private static final String MAGIC = "ARROW1";

  /** The magic, filled up to eight bytes. */
  private static final int HEAD_BYTES = 8;

  /** The footer's length, and the magic again. */
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length();

  private final FileBytes bytes;
  private final MessageReader messages;
  private final boolean stream;
  private final List<MessageBlock> dictionaries = new ArrayList<>();
  private final List<MessageBlock> batches = new ArrayList<>();
  private final Set<String> codecs = new TreeSet<>();
  private Schema schema;
  private FieldLayout layout;
  private long[] nulls;

  private ArrowFile(FileBytes bytes, long length) throws IOException {
    this.bytes = bytes;
    this.messages = new MessageReader(bytes, length);
    ByteBuffer head = messages.bytes(0, Math.min(length, HEAD_BYTES));
    this.stream = startsStream(head);
    if (!stream && !startsFile(head)) {
      throw new DamagedFile("it begins neither as an Arrow file nor as an Arrow stream");
    }
    if (stream) {
      readStream(length);
    } else {
      readFile(length);
    }
  }

  /**
   * Opens a file.
   *
   * @throws DamagedFile if it is none, or not whole
   */
  public static ArrowFile open(Path path, Configuration configuration) throws IOException {
    HadoopInputFile file = HadoopInputFile.fromPath(path, configuration);
    FileBytes bytes = FileBytes.open(file);
    try {
      return new ArrowFile(bytes, file.getLength());
    } catch (RuntimeException e) {
      bytes.close();
      throw DamagedFile.inHeader(e);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** Whether a file of this name is called as Arrow files are; what it holds decides. */
  public static boolean isNamed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /** Whether these first bytes of a file are those of an Arrow file or stream. */
  public static boolean begins(byte[] head) {
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    return startsFile(bytes) || startsStream(bytes);
  }

  private static boolean startsFile(ByteBuffer head) {
    byte[] magic = new byte[Math.min(head.remaining(), MAGIC.length())];
    head.get(head.position(), magic);
    return isMagic(magic);
  }

  private static boolean startsStream(ByteBuffer head) {
    return head.remaining() >= MessageReader.PREFIX_BYTES
        && head.getInt(head.position()) == MessageReader.CONTINUATION;
  }

  private static boolean isMagic(byte[] magic) {
    return new String(magic, StandardCharsets.ISO_8859_1).equals(MAGIC);
  }

  private void readFile(long length) throws IOException {
    if (length < HEAD_BYTES + TAIL_BYTES) {
      throw cutOff("it has " + length + " bytes");
    }
    ByteBuffer tail = messages.bytes(length - TAIL_BYTES, TAIL_BYTES);
    int footerBytes = tail.getInt();
    byte[] magic = new byte[MAGIC.length()];
    tail.get(magic);
    if (!isMagic(magic)) {
      throw cutOff("it does not end with " + MAGIC);
    }
    long end = length - TAIL_BYTES - footerBytes;
    if (footerBytes <= 0 || end < HEAD_BYTES) {
      throw new DamagedFile(
          "its footer should take " + footerBytes + " bytes, in a file of " + length);
    }
    Footer footer = Footer.getRootAsFooter(messages.bytes(end, footerBytes));
    take(footer.schema());
    for (int i = 0; i < footer.dictionariesLength(); i++) {
      dictionaries.add(block(footer.dictionaries(i), MessageHeader.DictionaryBatch, end));
    }
    for (int i = 0; i < footer.recordBatchesLength(); i++) {
      batches.add(block(footer.recordBatches(i), MessageHeader.RecordBatch, end));
    }
    requireApart();
  }

  /** A footer that lists a record batch twice would make up rows. */
  private void requireApart() {
    long end = HEAD_BYTES;
    for (MessageBlock block :
        Stream.concat(dictionaries.stream(), batches.stream())
            .sorted(Comparator.comparingLong(MessageBlock::offset))
            .toList()) {
      if (block.offset() < end) {
        throw new DamagedFile(
            "its footer lists messages at " + block.offset() + " that lie over each other");
      }
      end = block.body() + block.bodyBytes();
    }
  }

  private static DamagedFile cutOff(String why) {
    return new DamagedFile(why + ", so it was cut off or is still being written");
  }

  private MessageBlock block(org.apache.arrow.flatbuf.Block told, byte kind, long end)
      throws IOException {
    Message message = messages.header(told.offset(), told.metaDataLength());
    if (message.headerType() != kind) {
      throw MessageReader.unexpected(message);
    }
    MessageBlock block = messages.block(told.offset(), told.metaDataLength(), message);
    if (block.bodyBytes() != told.bodyLength() || block.body() + block.bodyBytes() > end) {
      throw new DamagedFile(
          "its footer and the header of the record batch at " + told.offset() + " disagree");
    }
    note(message);
    return block;
  }

  private void readStream(long length) throws IOException {
    long position = 0;
    while (true) {
      if (length - position < MessageReader.PREFIX_BYTES) {
        throw cutOff("the stream has no end marker");
      }
      ByteBuffer prefix = messages.bytes(position, MessageReader.PREFIX_BYTES);
      if (prefix.getInt() != MessageReader.CONTINUATION) {
        throw new DamagedFile("no message begins at " + position + ", where one should");
      }
      int size = prefix.getInt();
      if (size == 0) {
        break;
      }
      if (size < 0 || size > length - position - MessageReader.PREFIX_BYTES) {
        throw cutOff("a message at " + position + " should take " + size + " bytes");
      }
      position = readMessage(position, MessageReader.PREFIX_BYTES + size);
    }
    if (schema == null) {
      throw new DamagedFile("the stream has no schema");
    }
    if (position + MessageReader.PREFIX_BYTES != length) {
      throw new DamagedFile(
          "there are "
              + (length - position - MessageReader.PREFIX_BYTES)
              + " bytes behind the stream's end marker");
    }
  }

  /** Takes a message of a stream, and tells where the next begins. */
  private long readMessage(long position, int headerBytes) throws IOException {
    Message message = messages.header(position, headerBytes);
    if (message.headerType() == MessageHeader.Schema && schema == null) {
      take((org.apache.arrow.flatbuf.Schema) message.header(new org.apache.arrow.flatbuf.Schema()));
      return position + headerBytes + message.bodyLength();
    }
    if (schema == null) {
      throw new DamagedFile("the stream does not begin with a schema");
    }
    MessageBlock block = messages.block(position, headerBytes, message);
    (message.headerType() == MessageHeader.DictionaryBatch ? dictionaries : batches).add(block);
    note(message);
    return block.body() + block.bodyBytes();
  }

  private void take(org.apache.arrow.flatbuf.Schema told) {
    if (told == null) {
      throw new DamagedFile("it has no schema");
    }
    if (told.endianness() != Endianness.Little) {
      throw new DamagedFile("its numbers are big-endian, which Sigmax does not read");
    }
    SchemaHeader.requireTree(told);
    schema = Schema.convertSchema(told);
    layout = new FieldLayout(schema);
    nulls = new long[schema.getFields().size()];
  }

  private void note(Message message) {
    org.apache.arrow.flatbuf.RecordBatch batch = MessageReader.batch(message);
    BodyCompression compression = batch.compression();
    codecs.add(compression == null ? "UNCOMPRESSED" : CompressionType.name(compression.codec()));
    if (message.headerType() == MessageHeader.RecordBatch) {
      layout.requireFits(batch);
      layout.addNulls(batch, nulls);
    }
  }

  /** The Spark type of a column; empty where Sigmax does not read it. */
  public Optional<DataType> type(int column) {
    return layout.has(column) ? ArrowTypes.of(fields().get(column)) : Optional.empty();
  }

  /** The columns. */
  public List<Field> fields() {
    return schema.getFields();
  }

  /** How many record batches there are. */
  public int batchCount() {
    return batches.size();
  }

  /** All rows. */
  public long rows() {
    return batches.stream().mapToLong(MessageBlock::rows).sum();
  }

  /** How many values of a column are null; lists, where it holds lists. */
  public long nulls(int column) {
    return nulls[column];
  }

  /** The names of the codecs that buffers are compressed with. */
  public Set<String> codecs() {
    return codecs;
  }

  /** Whether it is a stream: a dictionary holds for the record batches behind it. */
  boolean isStream() {
    return stream;
  }

  List<MessageBlock> batches() {
    return batches;
  }

  List<MessageBlock> dictionaries() {
    return dictionaries;
  }

  FieldLayout layout() {
    return layout;
  }

  FileBytes bytes() {
    return bytes;
  }

  Message header(MessageBlock block) throws IOException {
    return messages.header(block.offset(), block.headerBytes());
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
