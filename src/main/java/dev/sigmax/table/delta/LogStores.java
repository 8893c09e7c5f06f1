package dev.sigmax.table.delta;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** By which a commit is written to a store so that one of two writers wins. */
final class LogStores {
  /** Where the Kernel's own choice is safe for the writers of one JVM alone. */
  private static final Set<String> SHARED_BY_SETTING = Set.of("s3", "s3a", "s3n");

  private LogStores() {}

  /** Refuses a store on which two writers could both commit the same version. */
  static void requireExclusive(DeltaLog log) {
    String scheme = new Path(log.location()).toUri().getScheme();
    String setting = "io.delta.kernel.logStore." + scheme + ".impl";
    if (scheme != null
        && SHARED_BY_SETTING.contains(scheme)
        && log.configuration().get(setting) == null) {
      throw new OutputException(
          ErrorName.TABLE_NOT_SERVED,
          "the table "
              + log.table()
              + " lies on "
              + scheme
              + ", where two writers could undo each other's commits. Name the log store that the"
              + " table's other writers use, such as --conf spark.hadoop."
              + setting
              + "=io.delta.storage.S3DynamoDBLogStore.");
    }
  }
}
