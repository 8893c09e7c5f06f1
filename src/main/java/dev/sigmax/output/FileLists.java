package dev.sigmax.output;

import dev.sigmax.error.Counted;
import dev.sigmax.files.ClosedDoor;
import dev.sigmax.parquet.footer.Checksums;
import dev.sigmax.parquet.footer.Checksums.Checksum;
import dev.sigmax.parquet.write.BufferedOutputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * The files that a run read and wrote. Long lists are not text for people: they are a Parquet file
 * beside the manifest, {@code _sigmax/files.parquet}, with a row for each file. Its column {@code
 * list} is {@code input}, {@code output} or {@code quarantine}; {@code modified} is null for a file
 * that was written, and {@code crc32c} for one that was read.
 *
 * @param quarantine empty where there is none
 */
record FileLists(
    List<Manifest.InputEntry> input,
    List<Manifest.PartFile> output,
    List<Manifest.PartFile> quarantine) {
  /** A manifest that names more files than this has their lists beside it. */
  static final int MOST_IN_TEXT = 10_000;

  private static final String NAME = "files.parquet";
  private static final String LIST = "list";
  private static final String PATH = "path";
  private static final String BYTES = "bytes";
  private static final String ROWS = "rows";
  private static final String MODIFIED = "modified";
  private static final String CRC = "crc32c";
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message files {
            required binary list (STRING);
            required binary path (STRING);
            required int64 bytes;
            required int64 rows;
            optional int64 modified;
            optional binary crc32c (STRING);
          }
          """);

  /** The lists are not those that the manifest means; the message says how. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    private Damaged(Path file, String what, Exception cause) {
      super("the list of files " + file + " " + what, cause);
    }
  }

  static FileLists of(Manifest manifest) {
    return new FileLists(
        manifest.input().files(),
        manifest.output().files(),
        manifest.quarantine() == null ? List.of() : manifest.quarantine().files());
  }

  boolean areLong() {
    return size() > MOST_IN_TEXT;
  }

  private long size() {
    return (long) input.size() + output.size() + quarantine.size();
  }

  /** Writes them into a folder that has none, and says what a manifest is to say of them. */
  FileList write(Path folder, Configuration configuration) throws IOException {
    Path file = new Path(folder, NAME);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(BufferedOutputFile.of(file, configuration))
            .withConf(configuration)
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      for (Manifest.InputEntry entry : input) {
        Group row = row("input", entry.path(), entry.bytes(), entry.rows());
        row.add(MODIFIED, entry.modified());
        writer.write(row);
      }
      write(writer, "output", output);
      write(writer, "quarantine", quarantine);
    }
    Checksum checksum = Checksums.of(file.toString(), configuration);
    if (checksum.problem() != null) {
      throw new Damaged(file, "does not read back: " + checksum.problem(), null);
    }
    return new FileList(NAME, size(), checksum.bytes(), checksum.crc32c());
  }

  private static void write(ParquetWriter<Group> writer, String list, List<Manifest.PartFile> parts)
      throws IOException {
    for (Manifest.PartFile part : parts) {
      Group row = row(list, part.path(), part.bytes(), part.rows());
      if (part.crc32c() != null) {
        row.add(CRC, part.crc32c());
      }
      writer.write(row);
    }
  }

  private static Group row(String list, String path, long bytes, long rows) {
    Group row = new SimpleGroup(SCHEMA);
    row.add(LIST, list);
    row.add(PATH, path);
    row.add(BYTES, bytes);
    row.add(ROWS, rows);
    return row;
  }

  /**
   * Those that a manifest means.
   *
   * @throws Damaged where they are not there, or not as the manifest says
   * @throws java.nio.file.AccessDeniedException where this user may not read them
   */
  static FileLists read(Path folder, FileList expected, Configuration configuration)
      throws IOException {
    Path file = new Path(folder, NAME);
    if (!NAME.equals(expected.path())) {
      throw new Damaged(file, "is called " + expected.path() + " in the manifest", null);
    }
    Checksum checksum = Checksums.of(file.toString(), configuration);
    if (checksum.problem() != null) {
      IOException told = new IOException(checksum.problem());
      ClosedDoor.requireNone(file.getFileSystem(configuration), file, told);
      throw new Damaged(file, "cannot be read: " + checksum.problem(), told);
    }
    if (checksum.bytes() != expected.bytes() || !checksum.crc32c().equals(expected.crc32c())) {
      throw new Damaged(
          file,
          "is not what was written: it has "
              + checksum.bytes()
              + " bytes with the CRC-32C "
              + checksum.crc32c()
              + ", and the manifest says "
              + expected.bytes()
              + " with "
              + expected.crc32c(),
          null);
    }
    FileLists lists = new FileLists(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(configuration).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        lists.take(row, file);
      }
    } catch (RuntimeException e) {
      throw new Damaged(file, "is no list of files: " + e.getMessage(), e);
    }
    if (lists.size() != expected.files()) {
      throw new Damaged(
          file,
          "has " + Counted.of(lists.size(), "file") + ", and the manifest says " + expected.files(),
          null);
    }
    return lists;
  }

  private void take(Group row, Path file) throws Damaged {
    String path = row.getString(PATH, 0);
    long bytes = row.getLong(BYTES, 0);
    long rows = row.getLong(ROWS, 0);
    String list = row.getString(LIST, 0);
    switch (list) {
      case "input" ->
          input.add(new Manifest.InputEntry(path, bytes, row.getLong(MODIFIED, 0), rows));
      case "output" -> output.add(new Manifest.PartFile(path, bytes, rows, crc(row)));
      case "quarantine" -> quarantine.add(new Manifest.PartFile(path, bytes, rows, crc(row)));
      default -> throw new Damaged(file, "has a list " + list, null);
    }
  }

  private static String crc(Group row) {
    return row.getFieldRepetitionCount(CRC) == 0 ? null : row.getString(CRC, 0);
  }
}
