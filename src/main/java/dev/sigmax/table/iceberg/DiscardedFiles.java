package dev.sigmax.table.iceberg;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests and lists of manifests that Iceberg would remove at once, as it takes the try that
 * wrote them for failed. They are removed only when the table's history was asked: a catalog may
 * have made a commit whose answer was lost, and then the table needs them. Iceberg's threads may
 * add to it.
 */
final class DiscardedFiles implements Consumer<String> {
  private static final Logger LOG = LoggerFactory.getLogger(DiscardedFiles.class);

  private final Set<String> paths = ConcurrentHashMap.newKeySet();

  @Override
  public void accept(String path) {
    paths.add(path);
  }

  /** Removes them; what cannot be removed stays, as no reader looks at it. */
  void remove(FileIO files) {
    for (String path : paths) {
      try {
        files.deleteFile(path);
      } catch (RuntimeException failure) {
        LOG.warn(
            "{} is of a try that was not committed, and could not be removed: {}",
            path,
            failure.toString());
      }
    }
  }
}
