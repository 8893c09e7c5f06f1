package dev.sigmax.output;

import dev.sigmax.files.DiskSync;
import dev.sigmax.refusal.OutputRefusal;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a prepared folder in the output's place, in one rename. Who finds something there has lost,
 * and changes nothing. On local disks all of it is forced to the disk before the rename, and the
 * rename before it counts as done, so that a loss of power leaves a whole output or none.
 *
 * <p>Replacing takes two renames, the old output aside and the new one in. A run that dies between
 * the two leaves the old output aside; the next run or verification puts it back first.
 */
final class FolderPublication implements Publication {
  private static final Logger LOG = LoggerFactory.getLogger(FolderPublication.class);

  private final Path output;
  private final Configuration configuration;
  private final FileSystem fileSystem;

  FolderPublication(Path output, Configuration configuration) throws IOException {
    this.output = output;
    this.configuration = configuration;
    this.fileSystem = output.getFileSystem(configuration);
    undoHalfReplacement();
  }

  /** {@inheritDoc} Be it a link to nowhere. */
  @Override
  public boolean occupied() throws IOException {
    return isLocal()
        ? Files.exists(local(output), LinkOption.NOFOLLOW_LINKS)
        : fileSystem.exists(output);
  }

  @Override
  public Optional<Manifest> published() throws IOException {
    return ManifestFile.read(output, configuration);
  }

  @Override
  public String unpublished() {
    return "exists and is no published run of Sigmax. Name another, or remove it yourself.";
  }

  @Override
  public List<Path> attempts() throws IOException {
    List<Path> folders = new ArrayList<>(Siblings.allStaging(fileSystem, output));
    if (occupied()) {
      folders.addAll(Siblings.allReplaced(fileSystem, output));
    }
    return folders;
  }

  @Override
  public Staging prepare() throws IOException {
    return StagingFolder.open(output, configuration);
  }

  @Override
  public void publish(Staging staging, Manifest manifest) throws IOException {
    seal(staging, manifest);
    moveIn(staging);
  }

  private void seal(Staging staging, Manifest manifest) throws IOException {
    ManifestFile.write(staging.folder(), manifest, configuration);
    if (isLocal()) {
      DiskSync.forceAll(local(staging.folder()));
    }
  }

  private void moveIn(Staging staging) throws IOException {
    try {
      rename(staging.folder(), output);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      throw new OutputRefusal(
          "another run published at " + output + " in the meantime; its output is untouched.", e);
    }
  }

  @Override
  public void replace(Staging staging, Manifest manifest) throws IOException {
    seal(staging, manifest);
    Path aside = Siblings.replaced(output, staging.attempt());
    rename(output, aside);
    try {
      moveIn(staging);
    } catch (IOException | RuntimeException e) {
      if (!occupied()) {
        rename(aside, output);
      }
      throw e;
    }
    if (!fileSystem.delete(aside, true)) {
      LOG.warn("The replaced output {} could not be removed.", aside);
    }
  }

  private void undoHalfReplacement() throws IOException {
    List<Path> aside = Siblings.allReplaced(fileSystem, output);
    if (aside.isEmpty()) {
      return;
    }
    if (occupied()) {
      LOG.warn("Replaced outputs of {} were not removed: {}", output, aside);
      return;
    }
    LOG.warn("A replacement of {} was cut off: putting {} back.", output, aside.get(0));
    rename(aside.get(0), output);
  }

  /**
   * One atomic rename that never replaces what is there. Hadoop's local file system would copy
   * where a rename fails, and its {@code rename} moves into a folder that exists: so neither is
   * asked.
   */
  private void rename(Path from, Path to) throws IOException {
    if (fileSystem.exists(to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    if (isLocal()) {
      Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
      DiskSync.force(local(to).getParent());
    } else {
      FileContext.getFileContext(fileSystem.getUri(), configuration)
          .rename(from, to, Options.Rename.NONE);
    }
    if (fileSystem.exists(from)) {
      throw new IOException(
          "the file system says that it renamed " + from + " to " + to + ", but did not");
    }
  }

  private boolean isLocal() {
    return fileSystem.getUri().getScheme().equals("file");
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
