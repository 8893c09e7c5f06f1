package dev.sigmax.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables: seeded logits with an id, written by DuckDB with snappy. */
final class Tables {
  private Tables() {}

  /** The table of a shape, made if it is not there. */
  static Path make(Path folder, Shape shape, long asked) throws Exception {
    long rows = shape.rows(asked);
    Path file = folder.resolve(shape.table() + "-" + rows + ".parquet");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path unfinished = folder.resolve(file.getFileName() + ".unfinished");
      DuckDb.execute(
          "SELECT setseed(0.42)",
          "COPY (SELECT i AS id, "
              + logits(shape)
              + " FROM range("
              + rows
              + ") t(i)) TO '"
              + unfinished
              + "' (FORMAT parquet, CODEC 'snappy')");
      Files.move(unfinished, file);
    }
    return file;
  }

  /** Three uniform numbers added: near enough to what models write, from -15 to 15. */
  private static String logits(Shape shape) {
    String logit = "((random() + random() + random()) * 10 - 15)::" + shape.type();
    if (shape.array()) {
      return "[" + logit + " for j in range(" + shape.classes() + ")] AS logits";
    }
    return IntStream.range(0, shape.classes())
        .mapToObj(j -> logit + " AS logit_" + j)
        .collect(Collectors.joining(", "));
  }

  /** Removes a file or a folder with all in it. */
  static void remove(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (var files = Files.list(path)) {
        for (Path file : files.toList()) {
          remove(file);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
