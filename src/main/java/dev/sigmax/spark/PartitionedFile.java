package dev.sigmax.spark;

import java.util.Map;
import org.apache.hadoop.fs.FileStatus;

/** A file with the values of the partition columns that its folders give it. */
public interface PartitionedFile {
  /** What the file system says of it. */
  FileStatus status();

  /** The values by column, in the order of the folders; null for Hive's default partition. */
  Map<String, String> partition();
}
