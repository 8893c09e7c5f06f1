package dev.sigmax.job.inspect;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.Redaction;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.output.TextFile;
import dev.sigmax.report.Inspection.Draft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The file that a draft of a job is written to. */
public final class WrittenJobFile {
  private final TextFile file;

  /**
   * A file to write.
   *
   * @param replace whether it may be written over a file that is there
   */
  public WrittenJobFile(Path file, boolean replace) {
    this.file = new TextFile(file, "job file", replace);
  }

  /** Where it is. */
  public Path path() {
    return file.path();
  }

  /** Refuses what writing would refuse, before any work. */
  public void requireWritable(List<String> inputs) {
    file.requireWritable();
    for (String input : inputs) {
      if (!Redaction.of(input).equals(input)) {
        throw new UsageException(
            ErrorName.OPTION_VALUE,
            "the input "
                + Redaction.of(input)
                + " holds a password, which does not belong in a job file. Give it to Spark with"
                + " --conf or --properties-file.");
      }
    }
  }

  /** Writes the draft; refuses a place among the input's files, and an output there. */
  public void write(Draft draft, List<String> inputs, Snapshot snapshot, Configuration hadoop)
      throws IOException {
    String output = String.valueOf(draft.keys().get(JobKey.OUTPUT.key()));
    for (Path place : List.of(path(), path().resolveSibling(output))) {
      OutputPath.requireApart(
          inputs, snapshot, new org.apache.hadoop.fs.Path(place.toUri()), hadoop);
    }
    file.write(draft.text());
  }
}
