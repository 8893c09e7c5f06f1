package dev.sigmax.job;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.files.ClosedDoor;
import dev.sigmax.job.drift.RunHistory;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.publish.RunsOfFolder;
import dev.sigmax.report.History;
import java.io.IOException;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Tells how the runs in a folder went over time, from their manifests alone. Starts no Spark. */
public final class HistoryJob {
  private final Path folder;
  private final Configuration configuration;

  public HistoryJob(String folder, Configuration configuration) {
    this.folder = OutputPath.folderOfOutputs(folder, configuration);
    this.configuration = configuration;
  }

  /**
   * The history.
   *
   * @throws InputException where the folder is not there, may not be read, or has no run to show
   */
  public History run() throws IOException {
    return FailureExplainer.explained(folder, this::read);
  }

  private History read() throws IOException {
    try {
      return readOpen();
    } catch (IOException e) {
      Denial.tellReading("cannot read the folder " + folder, e);
      throw e;
    }
  }

  private History readOpen() throws IOException {
    FileSystem fileSystem = folder.getFileSystem(configuration);
    if (!ClosedDoor.exists(fileSystem, folder)) {
      throw new InputException(
          ErrorName.INPUT_NOT_FOUND,
          "there is no folder " + folder + ". Name the one that the outputs of runs lie in.");
    }
    History history = RunHistory.of(folder, RunsOfFolder.in(folder, configuration));
    if (history.kinds().isEmpty()) {
      throw new InputException(ErrorName.RUN_NOT_PUBLISHED, none(fileSystem, history));
    }
    return history;
  }

  private String none(FileSystem fileSystem, History history) throws IOException {
    if (fileSystem.exists(ManifestFile.pathIn(folder))) {
      return folder
          + " is the output of a run, and history takes the folder that outputs lie in: "
          + folder.getParent()
          + ". For the page of this run, take report.";
    }
    String none =
        "no run is published in the folders of "
            + folder
            + ". Name the folder that the outputs of runs lie in, or publish a run there with"
            + " score.";
    return history.leftOut().stream()
        .map(left -> "\n  " + left.why())
        .collect(Collectors.joining("", none, ""));
  }
}
