package dev.sigmax.job.target;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.Outage;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.ObjectStore;
import dev.sigmax.output.publish.CreateOnceFile;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Spark's commit where an output lies on S3: through a committer that uploads a task's files and
 * completes the uploads when the job commits. The one that renames would copy file after file.
 */
public final class ObjectStoreCommit {
  private static final String COMMITTER = "committer.name";
  private static final String WITHOUT_RENAME = "magic";
  private static final String PROTOCOL =
      "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol";

  private ObjectStoreCommit() {}

  /**
   * The settings of a session that commits so; none for an output elsewhere. Refuses before any
   * work is done where the store or the settings do not serve.
   */
  public static Map<String, String> settings(
      Configuration configuration, JobSpec spec, Path output) {
    if (!ObjectStore.holds(output)) {
      return Map.of();
    }
    if (spec.replace()) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "--replace cannot be kept on an object store: between the old output and the new one"
              + " there would be neither, or both. Publish at a new path, and remove the old one"
              + " when nobody reads it.");
    }
    String committer =
        configuration.get(
            "fs.s3a.bucket." + output.toUri().getHost() + "." + COMMITTER,
            configuration.get("fs.s3a." + COMMITTER, "file"));
    if (!committer.equals(WITHOUT_RENAME)) {
      throw new UsageException(
          ErrorName.OUTPUT_STORE_NOT_SERVED,
          "the committer for "
              + output
              + " is '"
              + committer
              + "', which may copy one file after the other before all eyes. Take --conf"
              + " spark.hadoop.fs.s3a.committer.name="
              + WITHOUT_RENAME
              + ".");
    }
    requireProtocol();
    requireFirstFiles(output, configuration);
    return Map.of("spark.sql.sources.commitProtocolClass", PROTOCOL);
  }

  private static void requireProtocol() {
    try {
      Class.forName(PROTOCOL, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UsageException(
          ErrorName.OUTPUT_STORE_NOT_SERVED,
          "publishing on S3 takes Spark's module spark-hadoop-cloud, which is not there. Take"
              + " --packages org.apache.spark:spark-hadoop-cloud_2.13, in your Spark's version.",
          e);
    }
  }

  private static void requireFirstFiles(Path output, Configuration configuration) {
    try {
      if (!output
          .getFileSystem(configuration)
          .hasPathCapability(output, CreateOnceFile.CAPABILITY)) {
        throw new UsageException(
            ErrorName.OUTPUT_STORE_NOT_SERVED,
            "the store of "
                + output
                + " does not create a file only where there is none, so two runs could both"
                + " publish. It takes hadoop-aws 3.4.2 with"
                + " fs.s3a.create.conditional.enabled.");
      }
    } catch (IOException e) {
      String what = "the output " + output + " cannot be reached";
      throw Outage.explain(what, e)
          .<SigmaxException>map(outage -> outage)
          .orElseGet(
              () ->
                  new UsageException(ErrorName.OUTPUT_PATH, what + ": " + e.getMessage() + ".", e));
    }
  }
}
