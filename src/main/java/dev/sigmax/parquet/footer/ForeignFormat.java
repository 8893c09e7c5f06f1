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
  NUMPY_ARCHIVE(
      "an archive of NumPy (.npz)",
      "pandas: DataFrame(numpy.load(\"%1$s\")[\"%3$s\"]).add_prefix(\"logit_\").to_parquet(\"%2$s\")"),
  PYTORCH(
      "PyTorch's",
      "pandas, where it is one tensor:"
          + " DataFrame(torch.load(\"%1$s\", \"cpu\").numpy(force=True)).add_prefix(\"logit_\").to_parquet(\"%2$s\")"),
  EXCEL("Excel", "pandas: read_excel(\"%1$s\").to_parquet(\"%2$s\")"),
  PICKLE("a pickle of Python", "pandas: read_pickle(\"%1$s\").to_parquet(\"%2$s\")"),
  SQLITE("SQLite", "duckdb -c \"COPY (FROM sqlite_scan('%1$s', 'TABLE')) TO '%2$s'\""),
  HDF5("HDF5", "pandas: read_hdf(\"%1$s\").to_parquet(\"%2$s\")"),
  SEQUENCE_FILE("a Hadoop SequenceFile", "a job that knows its classes"),
  COMPRESSED("compressed as a whole", "gunzip, unzip or zstd -d, and then to Parquet");

  private static final int HEAD = 512;
  private static final String PARQUET = "PAR1";
  private static final String NUMPY_ENTRY = ".npy";

  /** What PyTorch began its files with before they were zip archives: a pickled number. */
  private static final String OLD_PYTORCH =
      "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019";

  private final String title;
  private final String command;

  ForeignFormat(String title, String command) {
    this.title = title;
    this.command = command;
  }

  /**
   * What a file is, and what makes Parquet of it; empty for Parquet, and for what is none of these.
   */
  static Optional<String> explain(InputFile file, Path path) throws IOException {
    byte[] head = head(file);
    Optional<String> entry = ZipHead.firstEntry(head);
    return of(head, entry, path.getName().toLowerCase(Locale.ROOT))
        .map(format -> format.explain(path, entry.map(ForeignFormat::array).orElse("")));
  }

  /** The first bytes of a file, as many as tell what it is. */
  static byte[] head(InputFile file) throws IOException {
    byte[] head = new byte[(int) Math.min(HEAD, file.getLength())];
    try (SeekableInputStream in = file.newStream()) {
      in.readFully(head);
    }
    return head;
  }

  private static Optional<ForeignFormat> of(byte[] head, Optional<String> entry, String name) {
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
    if (bytes.startsWith(OLD_PYTORCH)) {
      return Optional.of(PYTORCH);
    }
    if (isPickle(bytes)) {
      return Optional.of(PICKLE);
    }
    if (bytes.startsWith("SEQ")) {
      return Optional.of(SEQUENCE_FILE);
    }
    Optional<ForeignFormat> archive = entry.flatMap(ForeignFormat::archive);
    if (archive.isPresent()) {
      return archive;
    }
    if (isCompressed(bytes) || entry.isPresent()) {
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
        || bytes.startsWith("BZh");
  }

  /** What a zip archive is, by its first entry; empty where any program may have written it. */
  private static Optional<ForeignFormat> archive(String entry) {
    if (entry.endsWith(NUMPY_ENTRY)) {
      return Optional.of(NUMPY_ARCHIVE);
    }
    if (entry.endsWith("/data.pkl")) {
      return Optional.of(PYTORCH);
    }
    return entry.equals("[Content_Types].xml")
            || entry.startsWith("xl/")
            || entry.startsWith("docProps/")
        ? Optional.of(EXCEL)
        : Optional.empty();
  }

  /** The array that an entry of NumPy's archive holds, as {@code numpy.load} names it. */
  private static String array(String entry) {
    String name =
        entry.endsWith(NUMPY_ENTRY)
            ? entry.substring(0, entry.length() - NUMPY_ENTRY.length())
            : entry;
    return name.matches("[\\w.-]+") ? name : "ARRAY";
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

  private String explain(Path path, String array) {
    String file = LocalDisk.has(path) ? path.toUri().getPath() : path.toString();
    String converted = file.replaceFirst("[.]parquet$", "-converted") + ".parquet";
    return "its content is "
        + title
        + ", neither Parquet nor Arrow. Convert it, for example with "
        + String.format(Locale.ROOT, command, file, converted, array);
  }
}
