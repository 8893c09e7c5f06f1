package dev.sigmax.output.publish;

import dev.sigmax.output.WrittenFiles;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What copies of tasks leave behind. With speculation Spark ends a job when one copy of each task
 * is through, and does not wait for the others; so one of them may make its folders again, for what
 * nobody commits, after the job's commit has cleaned up.
 */
final class LateTasks {
  private static final Logger LOG = LoggerFactory.getLogger(LateTasks.class);

  private LateTasks() {}

  /**
   * Removes it from a prepared run and from its quarantine. Nobody reads it: where it cannot be
   * removed, the run goes on, and the log says so.
   */
  static void cleanUpAfter(FileSystem fileSystem, Path folder) {
    for (Path place : List.of(folder, new Path(folder, WrittenFiles.QUARANTINE))) {
      Path pending = new Path(place, FileOutputCommitter.PENDING_DIR_NAME);
      try {
        if (fileSystem.exists(pending)
            && !fileSystem.delete(pending, true)
            && fileSystem.exists(pending)) {
          throw new IOException("it was not deleted");
        }
      } catch (IOException e) {
        LOG.warn(
            "A copy of a task that Spark ended left {}, which is no part of the run, and it cannot"
                + " be removed: {}",
            pending,
            e.toString());
      }
    }
  }
}
