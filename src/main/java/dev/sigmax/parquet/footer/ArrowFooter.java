package dev.sigmax.parquet.footer;

import dev.sigmax.arrow.ArrowFile;
import dev.sigmax.arrow.ArrowTypes;
import dev.sigmax.arrow.DamagedFile;
import dev.sigmax.spark.FieldIds;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Says of an Arrow file or stream what a footer says of a Parquet file. */
final class ArrowFooter {
  private static final String WRITER = "Arrow IPC";

  private ArrowFooter() {}

  /** What it says; what cannot be read is told, not thrown. */
  static Footer read(String path, Configuration configuration, Predicate<String> wanted) {
    try (ArrowFile file = ArrowFile.open(new Path(path), configuration)) {
      return describe(path, file, wanted);
    } catch (FileNotFoundException e) {
      return Footer.unreadable(path, FooterProblem.of(e, () -> "it is not there any more"));
    } catch (DamagedFile e) {
      return Footer.unreadable(
          path, "it cannot be read as Arrow (" + e.getMessage() + "). Remove it or write it again");
    } catch (IOException e) {
      return Footer.unreadable(
          path, FooterProblem.of(e, () -> "it cannot be opened: " + e.getMessage()));
    } catch (OutOfMemoryError e) {
      return Footer.unreadable(path, "its headers ask for more memory than there is: " + e);
    }
  }

  private static Footer describe(String path, ArrowFile file, Predicate<String> wanted) {
    List<StructField> columns = new ArrayList<>();
    Map<String, String> unsupported = new LinkedHashMap<>();
    Map<String, ColumnChunks> chunks = new LinkedHashMap<>();
    for (int i = 0; i < file.fields().size(); i++) {
      Field field = file.fields().get(i);
      Optional<DataType> type = file.type(i);
      if (type.isPresent()) {
        columns.add(new StructField(field.getName(), type.get(), true, Metadata.empty()));
      } else {
        boolean behindUnion = ArrowTypes.of(field).isPresent();
        unsupported.put(
            field.getName(), ArrowTypes.name(field) + (behindUnion ? " behind a union" : ""));
      }
      if (wanted.test(field.getName())) {
        Set<String> stored = ArrowTypes.storage(field).map(Set::of).orElse(Set.of());
        chunks.put(field.getName(), new ColumnChunks(stored, file.nulls(i), null, null, null, 0));
      }
    }
    return new Footer(
        path,
        Footer.Format.ARROW,
        null,
        file.rows(),
        file.batchCount(),
        WRITER,
        new StructType(columns.toArray(new StructField[0])),
        unsupported,
        chunks,
        file.codecs(),
        Map.of(),
        Set.of(),
        Footer.ROW,
        FieldIds.NONE);
  }
}
