package dev.sigmax.arrow;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** Reads a file from front to back, to see what is wrong with it. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * What is wrong with the named columns of a file; empty if nothing is.
   *
   * @throws IOException if the file cannot be read
   */
  public static Optional<String> problem(
      String path, Set<String> names, Configuration configuration) throws IOException {
    Path place = new Path(path);
    try {
      List<StructField> columns;
      try (ArrowFile file = ArrowFile.open(place, configuration)) {
        columns =
            file.fields().stream()
                .filter(field -> names.contains(field.getName()))
                .map(
                    field ->
                        new StructField(
                            field.getName(),
                            ArrowTypes.of(field)
                                .orElseThrow(() -> new DamagedFile(ArrowTypes.name(field))),
                            true,
                            Metadata.empty()))
                .toList();
      }
      if (columns.isEmpty()) {
        return Optional.empty();
      }
      ArrowBatches.Request request =
          new ArrowBatches.Request(columns, 0, Long.MAX_VALUE, Optional.empty(), List.of());
      try (ArrowBatches batches =
          ArrowBatches.open(place, configuration, request, new HeapMemory())) {
        while (batches.next()) {
          // To its end.
        }
      }
      return Optional.empty();
    } catch (DamagedFile damaged) {
      return Optional.of(damaged.getMessage());
    }
  }
}
