package dev.sigmax.job;

import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.output.publish.Attempts.Attempt;
import dev.sigmax.output.publish.CommittedFolder;
import dev.sigmax.spark.SessionSettings;
import dev.sigmax.table.RunFolder;
import dev.sigmax.table.RunFolders;
import dev.sigmax.table.catalog.TableCatalog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Removes the folders that killed runs left among a table's data. A run that was committed is never
 * touched, nor a file that any snapshot of the table has.
 */
public final class CleanTableJob {
  private final SparkSession spark;
  private final Configuration configuration;
  private final String table;
  private final Duration age;

  /** Cleans {@code table} of attempts that nothing was written to for {@code age}. */
  public CleanTableJob(SparkSession spark, String table, Duration age) {
    this.spark = spark;
    this.configuration = SessionSettings.hadoop(spark);
    this.table = table;
    this.age = age;
  }

  /** Does it. */
  public CleanJob.Result run() throws IOException {
    return FailureExplainer.explained(new Path("/" + table), this::clean);
  }

  private CleanJob.Result clean() throws IOException {
    RunFolders folders = TableCatalog.folders(spark, table);
    Path data = OutputPath.output(folders.dataLocation(), configuration);
    List<Attempt> attempts = CommittedFolder.unconfirmed(data, RunFolder.START, configuration);
    // Asked after the list: what was committed in between is known.
    Set<String> known = folders.known();
    Instant abandoned = Instant.now().minus(age);
    List<Attempt> removed = new ArrayList<>();
    List<Attempt> left = new ArrayList<>();
    for (Attempt attempt : attempts) {
      if (known.contains(attempt.folder().getName())) {
        CommittedFolder.confirm(attempt.folder(), configuration);
        continue;
      }
      // Looked at behind the table: a run that is about to commit has just written its manifest.
      Optional<Attempt> now = CommittedFolder.again(attempt, configuration);
      if (now.filter(there -> there.lastWritten().isAfter(abandoned)).isPresent()) {
        left.add(now.get());
      } else if (now.isPresent()) {
        CommittedFolder.remove(now.get(), configuration);
        removed.add(now.get());
      }
    }
    return new CleanJob.Result(removed, left);
  }
}
