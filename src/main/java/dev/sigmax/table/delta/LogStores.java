package dev.sigmax.table.delta;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.files.LocalFiles;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** By which a commit is written to a store so that one of two writers wins. */
final class LogStores {
  /** Where the Kernel's own choice is safe for the writers of one JVM alone. */
  private static final Set<String> SHARED_BY_SETTING = Set.of("s3", "s3a", "s3n");

  private LogStores() {}

  /** The setting that names the log store of a scheme, for the Kernel. */
  static String setting(String scheme) {
    return "io.delta.kernel.logStore." + scheme + ".impl";
  }

  /** Whether a file is on a local disk, for whose logs nobody has named another store. */
  static boolean isLocal(Path file, Configuration configuration) {
    return LocalDisk.has(file) && configuration.get(setting("file")) == null;
  }

  /** Refuses a store on which two writers could both commit the same version. */
  static void requireExclusive(DeltaLog log) {
    String scheme = new Path(log.location()).toUri().getScheme();
    if (scheme != null
        && SHARED_BY_SETTING.contains(scheme)
        && log.configuration().get(setting(scheme)) == null) {
      throw new OutputException(
          ErrorName.TABLE_NOT_SERVED,
          "the table "
              + log.table()
              + " lies on "
              + scheme
              + ", where two writers could undo each other's commits. Name the log store that the"
              + " table's other writers use, such as --conf spark.hadoop."
              + setting(scheme)
              + "=io.delta.storage.S3DynamoDBLogStore.");
    }
  }

  /** Refuses a local disk that would refuse the commit, which gets its name as a hard link. */
  static void requireLinks(DeltaLog log) throws IOException {
    Path folder = new Path(log.location(), "_delta_log");
    if (isLocal(folder, log.configuration())) {
      ExclusiveLogStore.requireLinks(LocalFiles.path(folder));
    }
  }
}
