package dev.sigmax.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/** Writes Parquet by parquet-java alone: any schema, and any keys in the footer. */
public final class ParquetJava {
  /** The key in a footer under which Spark writes a schema of its own. */
  public static final String SPARK_KEY = "org.apache.spark.sql.parquet.row.metadata";

  private ParquetJava() {}

  /** How pages are written. */
  public record Pages(WriterVersion version, boolean dictionary) {
    /** Pages of version 1, with dictionaries. */
    public static final Pages USUAL = new Pages(WriterVersion.PARQUET_1_0, true);
  }

  /** Writes {@code rows} rows, each filled by {@code fill} from its number. */
  public static Path write(
      Path file,
      MessageType schema,
      Map<String, String> keys,
      Pages pages,
      int rows,
      ObjIntConsumer<Group> fill) {
    return write(file, schema, keys, pages, rows, fill, writer -> writer);
  }

  /** The same, with more said to the writer. */
  public static Path write(
      Path file,
      MessageType schema,
      Map<String, String> keys,
      Pages pages,
      int rows,
      ObjIntConsumer<Group> fill,
      UnaryOperator<ExampleParquetWriter.Builder> more) {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      SimpleGroupFactory groups = new SimpleGroupFactory(schema);
      ExampleParquetWriter.Builder builder =
          ExampleParquetWriter.builder(new LocalOutputFile(file))
              .withType(schema)
              .withExtraMetaData(keys)
              .withWriterVersion(pages.version())
              .withDictionaryEncoding(pages.dictionary());
      try (ParquetWriter<Group> writer = more.apply(builder).build()) {
        for (int i = 0; i < rows; i++) {
          Group row = groups.newGroup();
          fill.accept(row, i);
          writer.write(row);
        }
      }
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
