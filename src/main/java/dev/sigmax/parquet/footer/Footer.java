package dev.sigmax.parquet.footer;

import dev.sigmax.spark.FieldIds;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * What a file says of itself.
 *
 * @param path the file
 * @param format which of the formats it has
 * @param problem why the footer cannot be read; null for a good one, and only then do the other
 *     parts mean something
 * @param schema the top-level columns as Spark types, in the file's order
 * @param rowGroups how many row groups, or record batches, there are
 * @param unsupported the top-level columns that are not read, with their type in the file
 * @param columns what is known of each top-level column's chunks
 * @param codecs the compression codecs of all chunks
 * @param notes what Sigmax wrote of the rows, by key
 * @param uncompressed the top-level columns with chunks that are not compressed
 * @param engine which of our paths wrote it, as far as the file says; "row" where it does not
 * @param fieldIds by which a table knows its columns; none in a file that is no table's
 */
public record Footer(
    String path,
    Format format,
    FooterProblem problem,
    long rows,
    int rowGroups,
    String createdBy,
    StructType schema,
    Map<String, String> unsupported,
    Map<String, ColumnChunks> columns,
    Set<String> codecs,
    Map<String, String> notes,
    Set<String> uncompressed,
    String engine,
    FieldIds fieldIds)
    implements Serializable {

  /** What a file is. */
  public enum Format {
    PARQUET("Parquet", "that Spark cannot read", "row groups"),
    ARROW("Arrow", "that Sigmax does not read from Arrow", "record batches");

    private final String title;
    private final String unread;
    private final String parts;

    Format(String title, String unread, String parts) {
      this.title = title;
      this.unread = unread;
      this.parts = parts;
    }

    /** What the rows of a file are divided into. */
    public String parts() {
      return parts;
    }

    /** What is said of the type of a column that is not read. */
    public String unread() {
      return unread;
    }

    /** As people call it. */
    public String title() {
      return title;
    }
  }

  /** The key in a footer under which a file says which path wrote it. */
  public static final String ENGINE_KEY = "sigmax.engine";

  /** What the keys begin with that are ours. */
  static final String OWN_KEYS = "sigmax.";

  static final String ROW = "row";

  static Footer unreadable(String path, String problem) {
    return unreadable(path, FooterProblem.of(problem));
  }

  static Footer unreadable(String path, FooterProblem problem) {
    return new Footer(
        path,
        Format.PARQUET,
        problem,
        0,
        0,
        "",
        new StructType(),
        Map.of(),
        Map.of(),
        Set.of(),
        Map.of(),
        Set.of(),
        ROW,
        FieldIds.NONE);
  }

  /** The same, with other columns. */
  public Footer withSchema(StructType other) {
    return withColumns(other, unsupported, columns);
  }

  /** The same, as if its columns had these ids. */
  public Footer withFieldIds(FieldIds ids) {
    return with(schema, unsupported, columns, ids);
  }

  /** The same, as if these were its columns: those that are read, those that are not, chunks. */
  public Footer withColumns(
      StructType read, Map<String, String> notRead, Map<String, ColumnChunks> chunks) {
    return with(read, notRead, chunks, fieldIds);
  }

  private Footer with(
      StructType read,
      Map<String, String> notRead,
      Map<String, ColumnChunks> chunks,
      FieldIds ids) {
    return new Footer(
        path,
        format,
        problem,
        rows,
        rowGroups,
        createdBy,
        read,
        notRead,
        chunks,
        codecs,
        notes,
        uncompressed,
        engine,
        ids);
  }

  /** Whether the footer could be read. */
  public boolean readable() {
    return problem == null;
  }
}
