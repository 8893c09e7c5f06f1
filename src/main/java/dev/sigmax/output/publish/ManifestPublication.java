package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
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
 * that its manifest is there, which the store creates once only.
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
    return fileSystem.exists(ClaimedOutput.pathIn(output))
        ? "is held by an attempt that has not published: "
            + ClaimedOutput.pathIn(output)
            + ". Wait for it; or if it is dead, take the command clean."
        : "exists and is no published run of Sigmax. Name another, or remove it yourself.";
  }

  @Override
  public List<Path> attempts() throws IOException {
    return fileSystem.exists(ClaimedOutput.pathIn(output)) && published().isEmpty()
        ? List.of(output)
        : List.of();
  }

  @Override
  public void remove(Path attempt) throws IOException {
    if (published().isPresent()) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS, "the attempt at " + output + " has published by now; it stays.");
    }
    if (!fileSystem.delete(attempt, true) && fileSystem.exists(attempt)) {
      throw new OutputException(
          ErrorName.ATTEMPT_NOT_REMOVED,
          "cannot remove the attempt " + attempt + ". Check the permissions.");
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
    if (staging instanceof ClaimedOutput claimed) {
      claimed.requireThere();
    }
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
    staging.published();
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
