package dev.sigmax.job.target;

import dev.sigmax.error.Denial;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.NumberedFolder;
import dev.sigmax.output.ObjectStore;
import dev.sigmax.output.publish.NumberedRuns;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Refuses an output in a folder that belongs to other runs whole: among the runs of an incremental
 * job, or inside a published run. It would be published, and they would count no more.
 */
final class OthersPlace {
  /** Each is asked for with a request or two on a store. */
  private static final int MOST_FOLDERS = 16;

  private OthersPlace() {}

  /** One look around an output. */
  private interface Look {
    void at(Path output, Configuration configuration) throws IOException;
  }

  /**
   * Looks at the folder that an output goes into, and at those around it: whoever replaces or
   * removes a run there would remove the output with it. A store may show the output to somebody
   * who may not look around it, and any file system may close what lies above; nothing is refused
   * for what cannot be seen.
   *
   * @param output as the job names it; the number of a run that an incremental job adds is its own
   */
  static void refuse(Path output, Configuration configuration) throws IOException {
    boolean mayBeClosed = ObjectStore.holds(output);
    look(OthersPlace::refuseInRun, output, configuration, mayBeClosed);
    look(OthersPlace::refuseAmongRuns, output, configuration, mayBeClosed);
    look(OthersPlace::refuseDeepInRun, output, configuration, true);
  }

  private static void look(Look look, Path output, Configuration configuration, boolean mayBeClosed)
      throws IOException {
    try {
      look.at(output, configuration);
    } catch (IOException e) {
      if (!mayBeClosed || Denial.in(e).isEmpty()) {
        throw e;
      }
    }
  }

  private static void refuseInRun(Path output, Configuration configuration) throws IOException {
    refuseInRun(output.getParent(), output, configuration);
  }

  /** Each folder above the one that the output goes into, up to the first that is closed. */
  private static void refuseDeepInRun(Path output, Configuration configuration) throws IOException {
    Path around = output.getParent().getParent();
    for (int i = 1; i < MOST_FOLDERS && around != null && !around.isRoot(); i++) {
      refuseInRun(around, output, configuration);
      around = around.getParent();
    }
  }

  private static void refuseInRun(Path around, Path output, Configuration configuration)
      throws IOException {
    if (around.getFileSystem(configuration).exists(ManifestFile.pathIn(around))) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "the output "
              + output
              + " would lie in the run that is published at "
              + around
              + ", which would then not be what its manifest says. Name another output.");
    }
  }

  private static void refuseAmongRuns(Path output, Configuration configuration) throws IOException {
    Path parent = output.getParent();
    Optional<Path> run = incrementalRunIn(parent, configuration);
    if (run.isPresent()) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "the output "
              + output
              + " would lie among the runs of an incremental job, such as "
              + run.get()
              + ", and that job would be refused as long as it is there. Name another output; or take"
              + " --incremental and --output "
              + parent
              + " to add a run.");
    }
  }

  /** One of the runs of an incremental job that are in a folder; empty where there are none. */
  private static Optional<Path> incrementalRunIn(Path folder, Configuration configuration)
      throws IOException {
    for (int number : NumberedRuns.numbers(folder, configuration).descendingSet()) {
      Path run = NumberedFolder.at(folder, number);
      try {
        if (ManifestFile.read(run, configuration)
            .filter(manifest -> manifest.incremental() != null)
            .isPresent()) {
          return Optional.of(run);
        }
      } catch (DifferenceException damaged) {
        // Whose it was cannot be told; another may tell.
      } catch (IOException e) {
        if (Denial.in(e).isEmpty()) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }
}
