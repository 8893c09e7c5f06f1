package dev.sigmax.output;

import dev.sigmax.files.HiddenName;
import dev.sigmax.parquet.footer.Checksums;
import dev.sigmax.parquet.footer.Checksums.Checksum;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.parquet.footer.Footers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The data files of a folder as they stand on disk, with their footers, by path.
 *
 * @param files their status, in the footers' order
 */
public record WrittenFiles(Path folder, List<FileStatus> files, List<Footer> footers) {
  /** Where rows with an issue go, below the output. */
  public static final String QUARANTINE = "_quarantine";

  /** Reads the footers of all data files right below {@code folder}; none where it is not there. */
  public static WrittenFiles read(SparkSession spark, Path folder, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = folder.getFileSystem(configuration);
    List<FileStatus> files = new ArrayList<>();
    if (fileSystem.exists(folder)) {
      for (FileStatus status : fileSystem.listStatus(folder)) {
        if (status.isFile() && !HiddenName.is(status.getPath().getName())) {
          files.add(status);
        }
      }
    }
    files.sort(Comparator.comparing(f -> f.getPath().getName()));
    return new WrittenFiles(
        folder,
        List.copyOf(files),
        List.copyOf(Footers.read(spark, paths(files), CheckCounter.COLUMNS)));
  }

  private static List<String> paths(List<FileStatus> files) {
    return files.stream().map(f -> f.getPath().toString()).toList();
  }

  /** The full paths. */
  public List<String> paths() {
    return paths(files);
  }

  /** The bytes of all files. */
  public long bytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  /** The rows of all files, by their footers. */
  public long rows() {
    return footers.stream().mapToLong(Footer::rows).sum();
  }

  /**
   * Makes sure that every file was written by the path that was chosen.
   *
   * @throws IllegalStateException if one was not
   */
  public void requireEngine(String engine) {
    for (Footer footer : footers) {
      if (footer.readable() && !footer.engine().equals(engine)) {
        throw new IllegalStateException(
            footer.path() + " was written by the " + footer.engine() + " path, not the " + engine);
      }
    }
  }

  /** What the manifest says of them; paths are relative to {@code root}. Reads every byte. */
  public Manifest.Output describe(SparkSession spark, Path root) throws IOException {
    List<Checksum> checksums = Checksums.of(spark, paths(), bytes());
    List<Manifest.PartFile> described = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Checksum checksum = checksums.get(i);
      if (checksum.problem() != null) {
        throw new IOException(
            "the file " + checksum.path() + " cannot be read back: " + checksum.problem());
      }
      described.add(
          new Manifest.PartFile(
              relative(root, files.get(i).getPath()),
              checksum.bytes(),
              footers.get(i).rows(),
              checksum.crc32c()));
    }
    return new Manifest.Output(rows(), described, uncompressed());
  }

  private List<String> uncompressed() {
    Set<String> columns = new LinkedHashSet<>();
    footers.forEach(footer -> columns.addAll(footer.uncompressed()));
    return List.copyOf(columns);
  }

  private static String relative(Path root, Path path) {
    return path.getParent().getName().equals(root.getName())
        ? path.getName()
        : path.getParent().getName() + Path.SEPARATOR + path.getName();
  }
}
