package dev.sigmax.output;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.HiddenName;
import dev.sigmax.parquet.footer.Checksums;
import dev.sigmax.parquet.footer.Checksums.Checksum;
import dev.sigmax.parquet.footer.Footer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Reads a run back from disk and holds it against its manifest. */
public final class Verification {
  private final SparkSession spark;
  private final Path output;
  private final Manifest manifest;
  private final boolean everyByte;
  private final List<String> differences = new ArrayList<>();

  private Verification(SparkSession spark, Path output, Manifest manifest, boolean everyByte) {
    this.spark = spark;
    this.output = output;
    this.manifest = manifest;
    this.everyByte = everyByte;
  }

  /**
   * Every difference between the folder and the manifest, in a person's words; empty if none. A
   * file that may not be read is none: it may well be sound.
   *
   * @param everyByte whether checksums and checks are computed again, which reads all there is;
   *     names, lengths and footers are always compared
   * @throws OutputException where a file may not be read
   */
  public static List<String> differences(
      SparkSession spark,
      Path output,
      Manifest manifest,
      boolean everyByte,
      Configuration configuration)
      throws IOException {
    Verification verification = new Verification(spark, output, manifest, everyByte);
    verification.compare(configuration);
    return List.copyOf(verification.differences);
  }

  private void compare(Configuration configuration) throws IOException {
    compareFolder(output.getFileSystem(configuration));
    WrittenFiles written = WrittenFiles.read(spark, output, configuration);
    WrittenFiles quarantine =
        WrittenFiles.read(spark, new Path(output, WrittenFiles.QUARANTINE), configuration);
    Manifest.Output expectedQuarantine =
        Objects.requireNonNullElse(manifest.quarantine(), new Manifest.Output(0, List.of()));
    compareFiles("", manifest.output(), written);
    compareFiles(WrittenFiles.QUARANTINE + Path.SEPARATOR, expectedQuarantine, quarantine);
    expect("the rows of the output", manifest.output().rows(), written.rows());
    expect("the rows of the quarantine", expectedQuarantine.rows(), quarantine.rows());
    expect("the rows read", manifest.input().rows(), written.rows() + quarantine.rows());
    if (everyByte && differences.isEmpty()) {
      Manifest.RowSum sums = manifest.checks().rowSum();
      Manifest.Checks found =
          CheckCounter.of(spark, written, quarantine, sums.tolerance(), sums.judged());
      expect("the checks", manifest.checks(), found);
    }
  }

  /** What a reader would take for data though no run wrote it, and the mark that Spark leaves. */
  private void compareFolder(FileSystem fileSystem) throws IOException {
    for (FileStatus status : fileSystem.listStatus(output)) {
      String name = status.getPath().getName();
      if (status.isDirectory() && !HiddenName.is(name)) {
        differences.add("the folder " + name + " is not in the manifest");
      }
    }
    if (!fileSystem.exists(new Path(output, "_SUCCESS"))) {
      differences.add("_SUCCESS is missing");
    }
  }

  private void compareFiles(String folder, Manifest.Output expected, WrittenFiles found) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < found.files().size(); i++) {
      FileStatus status = found.files().get(i);
      places.put(folder + status.getPath().getName(), i);
    }
    Set<String> known = new HashSet<>();
    List<Checksum> checksums =
        everyByte ? Checksums.of(spark, found.paths(), found.bytes()) : List.of();
    for (Manifest.PartFile file : expected.files()) {
      if (!known.add(file.path())) {
        differences.add(file.path() + " stands in the manifest twice");
      }
      Integer place = places.get(file.path());
      if (place == null) {
        differences.add(file.path() + " is missing");
        continue;
      }
      Footer footer = found.footers().get(place);
      if (!footer.readable()) {
        if (footer.problem().name() == ErrorName.INPUT_NO_PERMISSION) {
          throw new OutputException(
              ErrorName.OUTPUT_NO_PERMISSION,
              "cannot read back the file " + footer.path() + ": " + footer.problem().text() + ".");
        }
        differences.add(file.path() + " cannot be read: " + footer.problem().text());
        continue;
      }
      expect("the bytes of " + file.path(), file.bytes(), found.files().get(place).getLen());
      expect("the rows of " + file.path(), file.rows(), footer.rows());
      if (everyByte) {
        compareBytes(file, checksums.get(place));
      }
    }
    for (String path : places.keySet()) {
      if (!known.contains(path)) {
        differences.add(path + " is not in the manifest");
      }
    }
  }

  private void compareBytes(Manifest.PartFile file, Checksum found) {
    if (found.problem() != null) {
      differences.add(file.path() + " cannot be read: " + found.problem());
    } else {
      expect("the CRC-32C of " + file.path(), file.crc32c(), found.crc32c());
    }
  }

  private void expect(String what, Object expected, Object found) {
    if (!Objects.equals(expected, found)) {
      differences.add(what + ": the manifest says " + expected + ", found " + found);
    }
  }
}
