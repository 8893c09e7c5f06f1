package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.ObjectStore;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Prepares runs of an output that grows run by run. The first makes the folder of them all, and if
 * it publishes nothing it takes it away again: an empty folder would look like an output.
 */
public final class NumberedStaging {
  private final Path output;
  private final Configuration configuration;
  private final FileSystem fileSystem;

  /** Of the output that holds the runs; the folder that it goes into must be there. */
  public NumberedStaging(Path output, Configuration configuration) throws IOException {
    this.output = output;
    this.configuration = configuration;
    this.fileSystem = output.getFileSystem(configuration);
  }

  /** A place to prepare a run in, which {@code publication} publishes among the others. */
  public Staging prepare(Publication publication) throws IOException {
    while (true) {
      boolean made = makeFolder();
      try {
        Staging staging = publication.prepare();
        if (made) {
          staging.madeFor(output);
        }
        return staging;
      } catch (IOException | RuntimeException e) {
        if (made) {
          takeAway(e);
        } else if (isTakenAway(e)) {
          continue;
        }
        throw e;
      }
    }
  }

  private void takeAway(Exception failure) {
    try {
      EmptyFolder.remove(fileSystem, output);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private boolean makeFolder() throws IOException {
    if (ObjectStore.holds(output) || fileSystem.exists(output)) {
      return false;
    }
    StagingFolder.make(fileSystem, output, output);
    new AtomicRename(output, configuration).force(output);
    return true;
  }

  /** Whether the run that had made the folder took it away in the meantime. */
  private boolean isTakenAway(Exception failure) {
    try {
      return failure instanceof OutputException refusal
          && refusal.name() == ErrorName.OUTPUT_PARENT
          && !fileSystem.exists(output);
    } catch (IOException unknown) {
      failure.addSuppressed(unknown);
      return false;
    }
  }
}
