package dev.sigmax.parquet.footer;

import dev.sigmax.files.LocalDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file that holds data in a format that Sigmax does not read, by its first bytes and its name.
 */
enum ForeignFormat {
  CSV("CSV", "duckdb -c \"COPY (FROM read_csv('%1$s')) TO '%2$s'\""),
  JSON("JSON", "duckdb -c \"COPY (FROM read_json('%1$s')) TO '%2$s'\""),
  TEXT("text", "duckdb -c \"COPY (FROM read_csv('%1$s')) TO '%2$s'\""),
  ORC("ORC", "spark.read.orc(\"%1$s\").write.parquet(\"%2$s\")"),
  AVRO(
      "Avro",
      "spark.read.format(\"avro\").load(\"%1$s\").write.parquet(\"%2$s\") and the package spark-avro"),
  FEATHER_V1("Feather V1", "pyarrow: parquet.write_table(feather.read_table(\"%1$s\"), \"%2$s\")"),
  NUMPY(
      "NumPy",
      "pandas: DataFrame(numpy.load(\"%1$s\")).add_prefix(\"logit_\").to_parquet(\"%2$s\")"),
  PICKLE("a pickle of Python", "pandas: read_pickle(\"%1$s\").to_parquet(\"%2$s\")"),
  SQLITE("SQLite", "duckdb -c \"COPY (FROM sqlite_scan('%1$s', 'TABLE')) TO '%2$s'\""),
  HDF5("HDF5", "pandas: read_hdf(\"%1$s\").to_parquet(\"%2$s\")"),
  SEQUENCE_FILE("a Hadoop SequenceFile", "a job that knows its classes"),
  COMPRESSED("compressed as a whole", "gunzip, unzip or zstd -d, and then to Parquet");

  private static final int HEAD = 512;
  private static final String PARQUET = "PAR1";

  private final String title;
  private final String command;

  ForeignFormat(String title, String command) {
    this.title = title;
    this.command = command;
  }

  /** The format of a file; empty for Parquet, and for what none of these is. */
  static Optional<ForeignFormat> of(InputFile file, Path path) throws IOException {
    return of(head(file), path.getName().toLowerCase(Locale.ROOT));
  }

  /** The first bytes of a file, as many as tell what it is. */
  static byte[] head(InputFile file) throws IOException {
    byte[] head = new byte[(int) Math.min(HEAD, file.getLength())];
    try (SeekableInputStream in = file.newStream()) {
      in.readFully(head);
    }
    return head;
  }

  private static Optional<ForeignFormat> of(byte[] head, String name) {
    String bytes = new String(head, StandardCharsets.ISO_8859_1);
    if (bytes.startsWith(PARQUET)) {
      return Optional.empty();
    }
    if (bytes.startsWith("ORC")) {
      return Optional.of(ORC);
    }
    if (bytes.startsWith("Obj\u0001")) {
      return Optional.of(AVRO);
    }
    if (bytes.startsWith("FEA1")) {
      return Optional.of(FEATHER_V1);
    }
    if (bytes.startsWith("\u0093NUMPY")) {
      return Optional.of(NUMPY);
    }
    if (bytes.startsWith("\u0089HDF")) {
      return Optional.of(HDF5);
    }
    if (bytes.startsWith("SQLite format 3\u0000")) {
      return Optional.of(SQLITE);
    }
    if (isPickle(bytes)) {
      return Optional.of(PICKLE);
    }
    if (bytes.startsWith("SEQ")) {
      return Optional.of(SEQUENCE_FILE);
    }
    if (isCompressed(bytes)) {
      return Optional.of(name.contains(".csv") ? CSV : name.contains(".json") ? JSON : COMPRESSED);
    }
    return isText(head) ? Optional.of(text(bytes.strip(), name)) : Optional.empty();
  }

  /** Of the protocols 2 to 5; those before are text. */
  private static boolean isPickle(String bytes) {
    return bytes.length() > 1
        && bytes.charAt(0) == '\u0080'
        && bytes.charAt(1) >= 2
        && bytes.charAt(1) <= 5;
  }

  private static boolean isCompressed(String bytes) {
    return bytes.startsWith("\u001f\u008b")
        || bytes.startsWith("(\u00b5/\u00fd")
        || bytes.startsWith("BZh")
        || bytes.startsWith("PK\u0003\u0004");
  }

  private static boolean isText(byte[] head) {
    for (byte b : head) {
      boolean control = b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t';
      if (control) {
        return false;
      }
    }
    return true;
  }

  private static ForeignFormat text(String text, String name) {
    if (name.contains(".json") || text.startsWith("{") || text.startsWith("[")) {
      return JSON;
    }
    String line = text.lines().findFirst().orElse("");
    boolean delimited = line.indexOf(',') >= 0 || line.indexOf(';') >= 0 || line.indexOf('\t') >= 0;
    return name.contains(".csv") || name.contains(".tsv") || delimited ? CSV : TEXT;
  }

  /** What the file is, and what makes Parquet of it. */
  String explain(Path path) {
    String file = LocalDisk.has(path) ? path.toUri().getPath() : path.toString();
    String converted = file.replaceFirst("[.]parquet$", "-converted") + ".parquet";
    return "its content is "
        + title
        + ", neither Parquet nor Arrow. Convert it, for example with "
        + String.format(command, file, converted);
  }
}
