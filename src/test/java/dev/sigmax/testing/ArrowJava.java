package dev.sigmax.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Writes Arrow IPC files and streams by Arrow's own library. */
public final class ArrowJava {
  /** Single precision. */
  public static final ArrowType FLOAT = floating(FloatingPointPrecision.SINGLE);

  /** Double precision. */
  public static final ArrowType DOUBLE = floating(FloatingPointPrecision.DOUBLE);

  /** Half precision; its values are the bits. */
  public static final ArrowType HALF = floating(FloatingPointPrecision.HALF);

  /** Whole numbers of 32 bits. */
  public static final ArrowType INT = new ArrowType.Int(Integer.SIZE, true);

  /** Whole numbers of 64 bits. */
  public static final ArrowType LONG = new ArrowType.Int(Long.SIZE, true);

  /** Text. */
  public static final ArrowType TEXT = new ArrowType.Utf8();

  /** Text as views. */
  public static final ArrowType TEXT_VIEW = new ArrowType.Utf8View();

  private final List<Field> fields = new ArrayList<>();
  private final MapDictionaryProvider dictionaries = new MapDictionaryProvider();
  private final BufferAllocator allocator = new RootAllocator();
  private int batchRows = Integer.MAX_VALUE;
  private CodecType codec = CodecType.NO_COMPRESSION;

  private static ArrowType floating(FloatingPointPrecision precision) {
    return new ArrowType.FloatingPoint(precision);
  }

  /** Adds a column. */
  public ArrowJava column(String name, ArrowType type) {
    fields.add(Field.nullable(name, type));
    return this;
  }

  /** Adds a column of lists. */
  public ArrowJava lists(String name, ArrowType list, ArrowType element) {
    fields.add(new Field(name, FieldType.nullable(list), List.of(Field.nullable("item", element))));
    return this;
  }

  /** Adds a column of indexes into a dictionary of texts. */
  public ArrowJava dictionary(String name, String... values) {
    return dictionary(name, TEXT, values);
  }

  /** Adds a column of indexes into a dictionary of texts that are stored in some way. */
  public ArrowJava dictionary(String name, ArrowType type, String... values) {
    DictionaryEncoding encoding =
        new DictionaryEncoding(fields.size(), false, new ArrowType.Int(Byte.SIZE, true));
    FieldVector vector = Field.nullable(name, type).createVector(allocator);
    for (int i = 0; i < values.length; i++) {
      ArrowValues.set(vector, i, values[i]);
    }
    vector.setValueCount(values.length);
    dictionaries.put(new Dictionary(vector, encoding));
    fields.add(new Field(name, new FieldType(true, encoding.getIndexType(), encoding), List.of()));
    return this;
  }

  /** Begins a record batch after so many rows. */
  public ArrowJava batches(int rows) {
    batchRows = rows;
    return this;
  }

  /** Compresses each buffer. */
  public ArrowJava compressed(CodecType type) {
    codec = type;
    return this;
  }

  /** Writes a file with these rows. */
  public Path file(Path file, List<? extends List<?>> rows) {
    return write(file, false, rows);
  }

  /** Writes a stream of these rows. */
  public Path stream(Path file, List<? extends List<?>> rows) {
    return write(file, true, rows);
  }

  private Path write(Path file, boolean stream, List<? extends List<?>> rows) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields), allocator);
        OutputStream out = Files.newOutputStream(made(file));
        ArrowWriter writer = writer(root, out, stream)) {
      writer.start();
      for (int from = 0; from < rows.size(); from += batchRows) {
        int count = Math.min(batchRows, rows.size() - from);
        root.allocateNew();
        for (int i = 0; i < fields.size(); i++) {
          for (int row = 0; row < count; row++) {
            ArrowValues.set(root.getVector(i), row, rows.get(from + row).get(i));
          }
        }
        root.setRowCount(count);
        writer.writeBatch();
      }
      writer.end();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path made(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return file;
  }

  private ArrowWriter writer(VectorSchemaRoot root, OutputStream out, boolean stream) {
    var channel = Channels.newChannel(out);
    return stream
        ? new ArrowStreamWriter(root, dictionaries, channel, IpcOption.DEFAULT, new Codecs(), codec)
        : new ArrowFileWriter(
            root, dictionaries, channel, Map.of(), IpcOption.DEFAULT, new Codecs(), codec);
  }

  /** The codecs by the libraries that everybody has; Arrow's own are a jar that Spark may lack. */
  private record Codecs() implements CompressionCodec.Factory {
    @Override
    public CompressionCodec createCodec(CodecType type) {
      return type == CodecType.NO_COMPRESSION ? NoCompressionCodec.INSTANCE : new Frames(type);
    }

    @Override
    public CompressionCodec createCodec(CodecType type, int level) {
      return createCodec(type);
    }
  }

  private static final class Frames extends AbstractCompressionCodec {
    private final CodecType type;

    Frames(CodecType type) {
      this.type = type;
    }

    @Override
    protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf plain) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] all = new byte[(int) plain.writerIndex()];
      plain.getBytes(0, all);
      try (OutputStream out =
          type == CodecType.ZSTD
              ? new com.github.luben.zstd.ZstdOutputStream(bytes)
              : new LZ4FrameOutputStream(bytes)) {
        out.write(all);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ArrowBuf compressed = allocator.buffer(Long.BYTES + (long) bytes.size());
      compressed.setBytes(Long.BYTES, bytes.toByteArray());
      compressed.writerIndex(Long.BYTES + (long) bytes.size());
      return compressed;
    }

    @Override
    protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf compressed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CodecType getCodecType() {
      return type;
    }
  }
}
