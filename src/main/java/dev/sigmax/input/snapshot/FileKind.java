package dev.sigmax.input.snapshot;

import dev.sigmax.arrow.ArrowFile;
import dev.sigmax.files.HiddenName;
import dev.sigmax.files.LocalDisk;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;

/** What a name in an input folder stands for. */
public enum FileKind {
  /** Read. */
  DATA,
  /** A hidden name that holds no data of the table: listed as skipped. */
  SKIPPED,
  /** A hidden name that looks like data, which Spark would leave out without a word. */
  HIDDEN_DATA,
  /** Still being copied, which Spark would leave out without a word. */
  BEING_COPIED,
  /** A folder {@code name=value}. */
  PARTITION,
  /** The log of a table format: its files alone are not its rows. */
  TABLE_LOG,
  /** Any other folder. */
  FOLDER;

  private static final List<String> PARQUET_ENDINGS = List.of(".parquet", ".parq", ".pq");

  static FileKind of(FileStatus status) {
    String name = status.getPath().getName();
    boolean hidden = HiddenName.is(name);
    if (status.isDirectory()) {
      if (name.equals("_delta_log") || name.equals(".hoodie")) {
        return TABLE_LOG;
      }
      // Spark never looks at these, though there may be a "=": an attempt at dt=1 has such a name.
      if (name.startsWith(".")) {
        return SKIPPED;
      }
      if (name.indexOf('=') > 0) {
        return PARTITION;
      }
      return hidden || LocalDisk.keeps(name) ? SKIPPED : FOLDER;
    }
    if (name.endsWith("._COPYING_")) {
      return BEING_COPIED;
    }
    if (!hidden) {
      return DATA;
    }
    return isNamedAsData(name) ? HIDDEN_DATA : SKIPPED;
  }

  private static boolean isNamedAsData(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return PARQUET_ENDINGS.stream().anyMatch(lower::endsWith) || ArrowFile.isNamed(name);
  }
}
