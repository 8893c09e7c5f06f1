package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Publication where folders cannot be renamed. The output is prepared in its own place, claimed
 * first; Spark's committer shows the parts when all are written; and the run counts from the moment
 * that its manifest is there, which the store creates once only, unless it was being {@linkplain
 * AttemptRemoval removed} then.
 */
final class ManifestPublication implements Publication {
  private final Path output;
  private final Configuration configuration;
  private final FileSystem fileSystem;

  ManifestPublication(Path output, Configuration configuration) throws IOException {
    this.output = output;
    this.configuration = configuration;
    this.fileSystem = output.getFileSystem(configuration);
  }

  @Override
  public boolean occupied() throws IOException {
    return fileSystem.exists(output);
  }

  @Override
  public Optional<Manifest> published() throws IOException {
    return ManifestFile.read(output, configuration);
  }

  /** {@inheritDoc} A store has no links. */
  @Override
  public void requireReplaceable() {}

  @Override
  public String unpublished() throws IOException {
    if (fileSystem.exists(ClaimedOutput.pathIn(output))) {
      return "is held by an attempt that has not published: "
          + ClaimedOutput.pathIn(output)
          + ". Wait for it; or if it is dead, take the command clean.";
    }
    return isMarked()
        ? "is being cleaned, or that was cut off: "
            + AttemptRemoval.markIn(output)
            + ". Wait for it; or take the command clean again."
        : "exists and is no published run of Sigmax. Name another, or remove it yourself.";
  }

  private boolean isMarked() throws IOException {
    return fileSystem.exists(AttemptRemoval.markIn(output));
  }

  @Override
  public List<Path> attempts() throws IOException {
    boolean begun = fileSystem.exists(ClaimedOutput.pathIn(output)) || isMarked();
    return begun && !fileSystem.exists(ManifestFile.pathIn(output)) ? List.of(output) : List.of();
  }

  /**
   * {@inheritDoc} A mark that was there when the attempt was found is of a removal that is dead.
   */
  @Override
  public boolean remove(Attempts.Attempt attempt) throws IOException {
    return switch (removal(attempt)) {
      case REMOVED -> true;
      case PUBLISHED ->
          throw new OutputException(
              ErrorName.OUTPUT_EXISTS,
              "the attempt at " + output + " has published by now; it stays.");
      case ANOTHERS ->
          throw new OutputException(
              ErrorName.ATTEMPT_NOT_REMOVED,
              "another command cleans "
                  + output
                  + " just now, or another run holds it by now; it is left. Look again with the"
                  + " command clean.");
    };
  }

  private AttemptRemoval.End removal(Attempts.Attempt attempt) throws IOException {
    Optional<byte[]> claim = ClaimedOutput.claimOf(fileSystem, output);
    if (claim.isPresent() && !wasThere(ClaimedOutput.pathIn(output), attempt)) {
      return AttemptRemoval.End.ANOTHERS;
    }
    return new AttemptRemoval(fileSystem, output)
        .run(claim, wasThere(AttemptRemoval.markIn(output), attempt));
  }

  /** Whether a file is there that was when the attempt was found. */
  private boolean wasThere(Path file, Attempts.Attempt attempt) throws IOException {
    try {
      return fileSystem.getFileStatus(file).getModificationTime()
          <= attempt.lastWritten().toEpochMilli();
    } catch (FileNotFoundException none) {
      return false;
    }
  }

  /** {@inheritDoc} A store has no folders. */
  @Override
  public void requireParent() {}

  @Override
  public Staging prepare() throws IOException {
    return ClaimedOutput.claim(fileSystem, output);
  }

  /** {@inheritDoc} Should it not be told whether there is a manifest, the parts stay. */
  @Override
  public void publish(Staging staging, Manifest manifest) throws IOException {
    staging.beginPublication();
    staging.requireThere();
    PreparedParts.require(fileSystem, output, manifest);
    try {
      CreateOnceFile.create(
          fileSystem,
          ManifestFile.pathIn(output),
          ManifestFile.prepare(output, manifest, configuration));
    } catch (FileAlreadyExistsException e) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "another run published at " + output + " in the meantime; its output is untouched.",
          e);
    } catch (CreateOnceFile.UnknownFate e) {
      staging.published();
      throw Publication.cannotTell(output, manifest, e);
    }
    if (staging instanceof ClaimedOutput claimed) {
      requireKept(claimed, manifest);
    }
    staging.completed();
  }

  /** Refuses where the command clean was there first; takes the manifest back, if it did not. */
  private void requireKept(ClaimedOutput claimed, Manifest manifest) {
    try {
      if (claimed.outlastsRemoval()) {
        return;
      }
      if (ManifestFile.isAt(output, manifest, configuration)) {
        fileSystem.delete(ManifestFile.pathIn(output), false);
      }
    } catch (IOException e) {
      claimed.published();
      throw Publication.cannotTell(output, manifest, e);
    }
    throw claimed.takenAway();
  }

  /** {@inheritDoc} A store has what it answered for. */
  @Override
  public void confirm(Manifest manifest) {}

  /** {@inheritDoc} No replacement begins here, so there is none to undo. */
  @Override
  public void recover() {}

  @Override
  public List<Path> setAside() {
    return List.of();
  }

  @Override
  public void replace(Staging staging, Manifest manifest) {
    throw new IllegalStateException("an output on an object store is not replaced: " + output);
  }
}
