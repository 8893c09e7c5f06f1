package dev.sigmax.job;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.incremental.RunsAndInput;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.publish.NumberedRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Answers whether the runs under the output of an incremental job have scored its inputs as they
 * are now. Reads the manifests, the listing and footers; starts no Spark and changes nothing.
 */
public final class IncrementalVerification {
  private final JobSpec spec;
  private final Configuration configuration;
  private final Path output;

  /** A verification of the runs under {@code spec}'s output. */
  public IncrementalVerification(JobSpec spec, Configuration configuration) {
    this.spec = spec;
    this.configuration = configuration;
    this.output = OutputPath.output(spec.output(), configuration);
  }

  /** The runs; {@link DifferenceException} where they are not those of the job and its inputs. */
  public NumberedRuns run() throws IOException {
    return FailureExplainer.explained(output, this::verify);
  }

  private NumberedRuns verify() throws IOException {
    NumberedRuns runs = NumberedRuns.in(output, configuration);
    RunsAndInput found;
    try {
      found = RunsAndInput.compare(runs, spec, configuration);
    } catch (InputException refused) {
      throw new DifferenceException(
          ErrorName.RUN_DIFFERS,
          "the runs under "
              + output
              + " cannot be the job's runs on its inputs as they are now: "
              + refused.getMessage(),
          refused);
    }
    List<String> differences = new ArrayList<>(found.damage());
    differences.addAll(found.changes());
    if (!differences.isEmpty()) {
      throw new DifferenceException(
          ErrorName.RUN_DIFFERS,
          "the runs under "
              + output
              + " are not those of this job on its inputs as they are now:\n  "
              + String.join("\n  ", differences)
              + "\n"
              + advice(found));
    }
    return runs;
  }

  /** A further run scores what is new, and says nothing of runs that lost their files. */
  private static String advice(RunsAndInput found) {
    if (found.damage().isEmpty()) {
      return "Run score --incremental again: it scores what is new, and says what to do about the"
          + " rest.";
    }
    return found.changes().isEmpty()
        ? "Mend the runs as it says there: score --incremental alone does not."
        : "Mend the runs as it says there, then run score --incremental again for the inputs.";
  }
}
