package dev.sigmax.parquet.footer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** CRC-32C of whole files, as eight hexadecimal digits. */
public final class Checksums {
  private static final int BUFFER = 1 << 20;

  /** Less than this is read sooner than a Spark job begins. */
  private static final long LITTLE_BYTES = 64 << 20;

  /**
   * What a file holds.
   *
   * @param crc32c eight hexadecimal digits, or null where the file cannot be read
   * @param problem why it cannot, else null
   */
  public record Checksum(String path, long bytes, String crc32c, String problem)
      implements Serializable {}

  private Checksums() {}

  /**
   * The checksums of {@code paths}, in their order.
   *
   * @param bytes how long the files are together
   */
  public static List<Checksum> of(SparkSession spark, List<String> paths, long bytes) {
    boolean little = FileTasks.areFew(paths) && bytes <= LITTLE_BYTES;
    return FileTasks.map(
        spark, "Sigmax: checksums", paths, little, Checksums::of, UnaryOperator::identity);
  }

  /** That of one file, read here. */
  public static Checksum of(String path, Configuration configuration) {
    CRC32C crc = new CRC32C();
    long bytes = 0;
    Path file = new Path(path);
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
        bytes += read;
      }
    } catch (IOException e) {
      return new Checksum(path, bytes, null, String.valueOf(e.getMessage()));
    }
    return new Checksum(path, bytes, String.format(Locale.ROOT, "%08x", crc.getValue()), null);
  }
}
