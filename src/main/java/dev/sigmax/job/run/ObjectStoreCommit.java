package dev.sigmax.job.run;

import dev.sigmax.error.Outage;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.publish.CreateOnceFile;
import dev.sigmax.output.publish.ObjectStore;
import dev.sigmax.spark.SessionSettings;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

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

  /** Makes the session commit so, or refuses before any work is done; nothing elsewhere. */
  public static void prepare(SparkSession session, JobSpec spec, Path output) {
    if (!ObjectStore.holds(output)) {
      return;
    }
    if (spec.replace()) {
      throw new UsageException(
          "--replace cannot be kept on an object store: between the old output and the new one"
              + " there would be neither, or both. Publish at a new path, and remove the old one"
              + " when nobody reads it.");
    }
    Configuration configuration = SessionSettings.hadoop(session);
    String committer =
        configuration.get(
            "fs.s3a.bucket." + output.toUri().getHost() + "." + COMMITTER,
            configuration.get("fs.s3a." + COMMITTER, "file"));
    if (!committer.equals(WITHOUT_RENAME)) {
      throw new UsageException(
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
    session.conf().set("spark.sql.sources.commitProtocolClass", PROTOCOL);
  }

  private static void requireProtocol() {
    try {
      Class.forName(PROTOCOL, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UsageException(
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
          .orElseGet(() -> new UsageException(what + ": " + e.getMessage() + ".", e));
    }
  }
}
