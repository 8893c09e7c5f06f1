package dev.sigmax.job.inspect;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.Redaction;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.Snapshot;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.report.Inspection.Draft;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The file that a draft of a job is written to. */
public final class WrittenJobFile {
  private final Path file;
  private final boolean replace;

  /**
   * A file to write.
   *
   * @param replace whether it may be written over a file that is there
   */
  public WrittenJobFile(Path file, boolean replace) {
    this.file = file.toAbsolutePath().normalize();
    this.replace = replace;
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /** Refuses what writing would refuse, before any work. */
  public void requireWritable(List<String> inputs) {
    if (!replace && Files.exists(file)) {
      throw exists(null);
    }
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
    for (Path place : List.of(file, file.resolveSibling(output))) {
      OutputPath.requireApart(
          inputs, snapshot, new org.apache.hadoop.fs.Path(place.toUri()), hadoop);
    }
    try {
      Files.writeString(
          file,
          draft.text(),
          StandardOpenOption.WRITE,
          replace ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      throw exists(e);
    } catch (NoSuchFileException e) {
      throw new OutputException(
          ErrorName.OUTPUT_PARENT,
          "there is no folder " + file.getParent() + " to write the job file to. Make it first.",
          e);
    } catch (AccessDeniedException e) {
      throw new OutputException(
          ErrorName.OUTPUT_NO_PERMISSION, "no permission to write the job file " + file + ".", e);
    } catch (IOException e) {
      throw new OutputException(
          ErrorName.OUTPUT_PATH,
          "cannot write the job file " + file + ": " + e.getMessage() + ". Name another.",
          e);
    }
  }

  private OutputException exists(IOException cause) {
    return new OutputException(
        ErrorName.OUTPUT_EXISTS,
        "the file " + file + " exists. Name another, or add --replace to write over it.",
        cause);
  }
}
