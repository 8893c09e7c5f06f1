package dev.sigmax.output;

import dev.sigmax.refusal.OutputRefusal;
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
  public Staging prepare() throws IOException {
    return ClaimedOutput.claim(fileSystem, output);
  }

  @Override
  public void publish(Staging staging, Manifest manifest) throws IOException {
    // Should this process die from here on, nobody may take the parts from under a manifest.
    staging.keep();
    try {
      ManifestFile.createFirst(output, manifest, configuration);
    } catch (FileAlreadyExistsException e) {
      throw new OutputRefusal(
          "another run published at " + output + " in the meantime; its output is untouched.", e);
    } catch (FirstFile.UnknownFate e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      staging.release();
      throw e;
    }
  }

  @Override
  public void replace(Staging staging, Manifest manifest) {
    throw new IllegalStateException("an output on an object store is not replaced: " + output);
  }
}
