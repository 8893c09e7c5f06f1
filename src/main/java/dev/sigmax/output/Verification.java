package dev.sigmax.output;

import dev.sigmax.parquet.Checksums;
import dev.sigmax.parquet.Checksums.Checksum;
import dev.sigmax.parquet.Footer;
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
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Reads a run back from disk and holds it against its manifest. */
public final class Verification {
  private final SparkSession spark;
  private final Path output;
  private final Manifest manifest;
  private final List<String> differences = new ArrayList<>();

  private Verification(SparkSession spark, Path output, Manifest manifest) {
    this.spark = spark;
    this.output = output;
    this.manifest = manifest;
  }

  /** Every difference between the folder and the manifest, in a person's words; empty if none. */
  public static List<String> differences(
      SparkSession spark, Path output, Manifest manifest, Configuration configuration)
      throws IOException {
    Verification verification = new Verification(spark, output, manifest);
    verification.compare(configuration);
    return List.copyOf(verification.differences);
  }

  private void compare(Configuration configuration) throws IOException {
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
    if (differences.isEmpty()) {
      Manifest.RowSum sums = manifest.checks().rowSum();
      Manifest.Checks found =
          CheckCounter.of(spark, written, quarantine, sums.tolerance(), sums.judged());
      expect("the checks", manifest.checks(), found);
    }
  }

  private void compareFiles(String folder, Manifest.Output expected, WrittenFiles found) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < found.files().size(); i++) {
      FileStatus status = found.files().get(i);
      places.put(folder + status.getPath().getName(), i);
    }
    Set<String> known = new HashSet<>();
    List<Checksum> checksums = Checksums.of(spark, found.paths());
    for (Manifest.PartFile file : expected.files()) {
      known.add(file.path());
      Integer place = places.get(file.path());
      if (place == null) {
        differences.add(file.path() + " is missing");
        continue;
      }
      Footer footer = found.footers().get(place);
      Checksum checksum = checksums.get(place);
      if (checksum.problem() != null) {
        differences.add(file.path() + " cannot be read: " + checksum.problem());
      } else if (!footer.readable()) {
        differences.add(file.path() + " cannot be read: " + footer.problem());
      } else {
        expect("the bytes of " + file.path(), file.bytes(), checksum.bytes());
        expect("the rows of " + file.path(), file.rows(), footer.rows());
        expect("the CRC-32C of " + file.path(), file.crc32c(), checksum.crc32c());
      }
    }
    for (String path : places.keySet()) {
      if (!known.contains(path)) {
        differences.add(path + " is not in the manifest");
      }
    }
  }

  private void expect(String what, Object expected, Object found) {
    if (!Objects.equals(expected, found)) {
      differences.add(what + ": the manifest says " + expected + ", found " + found);
    }
  }
}
