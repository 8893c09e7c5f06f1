package dev.sigmax.parquet.read;

import dev.sigmax.testing.ParquetJava;
import dev.sigmax.testing.ParquetTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** A file with a column of every type that this package reads, in many small pages. */
final class EveryType {
  /** What is left to Spark's reader. */
  static final Set<String> NOT_SERVED = Set.of("int96", "u64", "time");

  private EveryType() {}

  /** Writes such a file by parquet-java; of optional columns, some values are null. */
  static Path write(
      Path file,
      Repetition repetition,
      ParquetJava.Pages pages,
      CompressionCodecName codec,
      boolean split,
      int rows) {
    MessageType schema = schema(repetition);
    return ParquetJava.write(
        file,
        schema,
        Map.of(),
        pages,
        rows,
        (row, i) -> {
          for (Type column : schema.getFields()) {
            boolean missing =
                repetition == Repetition.OPTIONAL
                    && (i % 7 == 3 || (i > 500 && i < 900) || (i > 1000 && i < 1100 && i % 2 == 0));
            if (!missing) {
              ParquetTypes.add(
                  row, column.getName(), column.asPrimitiveType(), i % ParquetTypes.VALUES);
            }
          }
        },
        writer ->
            writer
                .withCompressionCodec(codec)
                .withPageSize(900)
                .withDictionaryPageSize(1200)
                .withRowGroupSize(60_000L)
                .withByteStreamSplitEncoding(split));
  }

  private static MessageType schema(Repetition repetition) {
    List<Type> columns = new ArrayList<>();
    new TreeMap<>(ParquetTypes.all())
        .forEach(
            (name, type) -> {
              if (!NOT_SERVED.contains(name)) {
                columns.add(
                    Types.primitive(type.getPrimitiveTypeName(), repetition)
                        .length(type.getTypeLength())
                        .as(type.getLogicalTypeAnnotation())
                        .named(name));
              }
            });
    return new MessageType("table", columns);
  }
}
