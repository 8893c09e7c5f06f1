package dev.sigmax.parquet.reference;

import dev.sigmax.error.Causes;
import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Decodes every value of a file by parquet-java's own reader, page checksums verified, to tell a
 * damaged file from one that Spark's reader does not support.
 */
public final class PageDecoder {
  private PageDecoder() {}

  /**
   * What in a file cannot be decoded, with its column; empty where every value can.
   *
   * @param columns the top-level columns to look at
   * @param ids by which the file has them; none where it is by name
   * @throws IOException if the file cannot be read, whatever is in it
   */
  public static Optional<String> problem(
      String path, Set<String> columns, FieldIds ids, Configuration configuration)
      throws IOException {
    HadoopInputFile file = HadoopInputFile.fromPath(new Path(path), configuration);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            file,
            HadoopReadOptions.builder(configuration).usePageChecksumVerification(true).build())) {
      FileMetaData metadata = reader.getFileMetaData();
      MessageType schema = projection(metadata.getSchema(), columns, ids);
      reader.setRequestedSchema(schema);
      for (PageReadStore rowGroup = reader.readNextRowGroup();
          rowGroup != null;
          rowGroup = reader.readNextRowGroup()) {
        decode(new FilledPages(rowGroup), schema, metadata.getCreatedBy());
      }
      return Optional.empty();
    } catch (ParquetDecodingException e) {
      return Optional.of(messageOf(e));
    } catch (RuntimeException e) {
      return Optional.of("it cannot be decoded: " + messageOf(e));
    }
  }

  private static MessageType projection(MessageType schema, Set<String> columns, FieldIds ids) {
    Set<String> names = new HashSet<>();
    ids.fields(schema)
        .forEach(
            (column, field) ->
                names.addAll(columns.contains(column) ? Set.of(field.getName()) : Set.of()));
    List<Type> fields = new ArrayList<>(schema.getFields());
    fields.removeIf(field -> !names.contains(field.getName()));
    return new MessageType(schema.getName(), fields);
  }

  private static void decode(PageReadStore rowGroup, MessageType schema, String createdBy) {
    ColumnReadStoreImpl columns =
        new ColumnReadStoreImpl(rowGroup, new Ignored(schema), schema, createdBy);
    for (ColumnDescriptor column : schema.getColumns()) {
      try {
        long count = rowGroup.getPageReader(column).getTotalValueCount();
        decode(columns.getColumnReader(column), count, column, rowGroup.getRowCount());
      } catch (RuntimeException e) {
        throw new ParquetDecodingException(
            "a page of the column " + column.getPath()[0] + ": " + messageOf(e), e);
      }
    }
  }

  private static void decode(
      ColumnReader values, long count, ColumnDescriptor column, long expectedRows) {
    long rows = 0;
    for (long i = 0; i < count; i++) {
      if (values.getCurrentRepetitionLevel() == 0) {
        rows++;
      }
      if (values.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
        values.writeCurrentValueToConverter();
      }
      values.consume();
    }
    if (rows != expectedRows) {
      throw new ParquetDecodingException(
          "it holds " + rows + " rows, and its row group should have " + expectedRows);
    }
  }

  private static String messageOf(Throwable thrown) {
    return thrown instanceof ParquetDecodingException && thrown.getMessage() != null
        ? thrown.getMessage()
        : Causes.rootMessage(thrown);
  }

  /** Takes all values of a schema and does nothing with them. */
  private static final class Ignored extends GroupConverter {
    private final Converter[] fields;

    Ignored(GroupType group) {
      fields = group.getFields().stream().map(Ignored::of).toArray(Converter[]::new);
    }

    private static Converter of(Type field) {
      return field.isPrimitive() ? new IgnoredValue() : new Ignored(field.asGroupType());
    }

    @Override
    public Converter getConverter(int fieldIndex) {
      return fields[fieldIndex];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private static final class IgnoredValue extends PrimitiveConverter {
    @Override
    public void addBinary(org.apache.parquet.io.api.Binary value) {}

    @Override
    public void addBoolean(boolean value) {}

    @Override
    public void addDouble(double value) {}

    @Override
    public void addFloat(float value) {}

    @Override
    public void addInt(int value) {}

    @Override
    public void addLong(long value) {}
  }
}
