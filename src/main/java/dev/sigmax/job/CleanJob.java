package dev.sigmax.job;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.files.ClosedDoor;
import dev.sigmax.files.Tilde;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.output.publish.Attempts;
import dev.sigmax.output.publish.Attempts.Attempt;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.output.publish.Publication;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Removes what killed runs left beside an output, or beside the runs in it. A published output is
 * never touched.
 */
public final class CleanJob {
  /** What was removed, and what may still be under way and was left. */
  public record Result(List<Attempt> removed, List<Attempt> left) {}

  private final Path output;
  private final Duration age;
  private final Configuration configuration;

  /** Cleans beside {@code output}: attempts that nothing was written to for {@code age}. */
  public CleanJob(String output, Duration age, Configuration configuration) {
    this.output = OutputPath.output(output, configuration);
    this.age = age;
    this.configuration = configuration;
  }

  /** Does it. */
  public Result run() throws IOException {
    return FailureExplainer.explained(output, this::clean);
  }

  private Result clean() throws IOException {
    Instant abandoned = Instant.now().minus(age);
    List<Attempt> removed = new ArrayList<>();
    List<Attempt> left = new ArrayList<>();
    boolean seen = false;
    for (Path place : NumberedRuns.places(output, configuration)) {
      for (Attempt attempt : Attempts.beside(place, configuration)) {
        seen = true;
        if (attempt.lastWritten().isAfter(abandoned)) {
          left.add(attempt);
        } else if (Attempts.remove(place, attempt, configuration)) {
          removed.add(attempt);
        }
      }
    }
    if (!seen) {
      requireThere();
    }
    return new Result(removed, left);
  }

  /**
   * A mistyped path has nothing to remove either, and somebody waits for what is left elsewhere.
   */
  private void requireThere() throws IOException {
    if (!Publication.at(output, configuration).occupied()
        && !ClosedDoor.exists(output.getFileSystem(configuration), output)) {
      throw new InputException(
          ErrorName.OUTPUT_NOT_FOUND,
          "there is no output "
              + output
              + ", and no run has left anything beside it. Check the path."
              + Tilde.hint(output.toString()));
    }
  }
}
