package dev.sigmax.input.snapshot;

import dev.sigmax.error.Redaction;
import dev.sigmax.spark.PartitionedFile;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;

/**
 * A file of the snapshot.
 *
 * @param status what the file system said when the snapshot was taken
 * @param partition the values of the Hive partition folders on the way to it, in their order; a
 *     value is null for Hive's default partition
 */
public record InputFile(FileStatus status, Map<String, String> partition)
    implements PartitionedFile {
  /** The full path, with its scheme. */
  public String path() {
    return status.getPath().toString();
  }

  /** The path as manifests have it, without passwords: no other file's is the same. */
  public String redactedPath() {
    return Redaction.ofFile(path());
  }

  /** The length in bytes. */
  public long bytes() {
    return status.getLen();
  }

  /** When it was last modified, in milliseconds since 1970. */
  public long modified() {
    return status.getModificationTime();
  }
}
