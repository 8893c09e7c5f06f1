package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.UnconfirmedPublicationException;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a prepared folder in the output's place, in one rename. Who finds something there has lost,
 * and changes nothing. On local disks all of it is forced to the disk before the rename, and the
 * rename before it counts as done, so that a loss of power leaves a whole output or none.
 *
 * <p>Replacing takes two renames, the old output aside and the new one in. A run that dies between
 * the two leaves the old output aside; the next run puts it back first.
 */
final class FolderPublication implements Publication {
  private static final Logger LOG = LoggerFactory.getLogger(FolderPublication.class);

  private static final int MOST_TRIES = 20;

  private final Path output;
  private final Configuration configuration;
  private final FileSystem fileSystem;
  private final AtomicRename renames;
  private final OldOutput old;

  FolderPublication(Path output, Configuration configuration) throws IOException {
    this.output = output;
    this.configuration = configuration;
    this.fileSystem = output.getFileSystem(configuration);
    this.renames = new AtomicRename(output, configuration);
    this.old = new OldOutput(output, configuration, renames);
  }

  @Override
  public void recover() throws IOException {
    old.recover();
  }

  @Override
  public List<Path> setAside() throws IOException {
    return old.all();
  }

  @Override
  public boolean occupied() throws IOException {
    return renames.occupied(output);
  }

  @Override
  public Optional<Manifest> published() throws IOException {
    return ManifestFile.read(output, configuration);
  }

  /** {@inheritDoc} A rename moves a link, and not what it leads to. */
  @Override
  public void requireReplaceable() throws IOException {
    Optional<java.nio.file.Path> target = renames.target(output);
    if (target.isPresent()) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "the output "
              + output
              + " is a link to "
              + target.get()
              + ". A replacement would take the link's place and leave the run that it leads to."
              + " Name "
              + target.get()
              + " as the output, or remove the link.");
    }
  }

  @Override
  public String unpublished() {
    return "exists and is no published run of Sigmax. Name another, or remove it yourself.";
  }

  @Override
  public List<Path> attempts() throws IOException {
    List<Path> folders = new ArrayList<>(StagingPaths.allStaging(fileSystem, output));
    folders.addAll(StagingPaths.allTrash(fileSystem, output));
    folders.addAll(old.leftOver());
    return folders;
  }

  /** {@inheritDoc} Begins with a rename: half of it must never be published or put back. */
  @Override
  public boolean remove(Attempts.Attempt attempt) throws IOException {
    try {
      moveToTrash(attempt.folder());
    } catch (FileNotFoundException | NoSuchFileException gone) {
      if (renames.occupied(attempt.folder())) {
        throw gone;
      }
      return false;
    }
    removeTrash(attempt.folder());
    return true;
  }

  private void remove(Path attempt) throws IOException {
    moveToTrash(attempt);
    removeTrash(attempt);
  }

  private void moveToTrash(Path attempt) throws IOException {
    Path trash = StagingPaths.trashOf(attempt);
    if (attempt.equals(trash)) {
      return;
    }
    if (renames.occupied(trash) && renames.occupied(attempt)) {
      // Of a removal that was cut off, behind which a task of the run wrote once more.
      removeTrash(trash);
    }
    renames.rename(attempt, trash);
  }

  private void removeTrash(Path attempt) throws IOException {
    Path trash = StagingPaths.trashOf(attempt);
    if (!fileSystem.delete(trash, true) && fileSystem.exists(trash)) {
      throw new OutputException(
          ErrorName.ATTEMPT_NOT_REMOVED,
          "cannot remove the attempt " + trash + ". Check the permissions.");
    }
  }

  @Override
  public void requireParent() throws IOException {
    StagingFolder.requireParent(fileSystem, output);
  }

  @Override
  public Staging prepare() throws IOException {
    return StagingFolder.open(output, configuration);
  }

  @Override
  public void publish(Staging staging, Manifest manifest) throws IOException {
    staging.beginPublication();
    seal(staging, manifest);
    staging.complete(
        () -> {
          moveIn(staging, manifest);
          confirm(manifest);
        });
  }

  /**
   * {@inheritDoc} Between its two renames nothing waits for a disk. What earlier replacements that
   * were cut off have left goes first: of two old outputs nobody could tell which was the last.
   */
  @Override
  public void replace(Staging staging, Manifest manifest) throws IOException {
    staging.beginPublication();
    seal(staging, manifest);
    Path aside = StagingPaths.replaced(output, staging.attempt());
    staging.complete(
        () -> {
          old.leftOver().forEach(this::giveUp);
          exchange(staging, manifest, aside);
          confirm(manifest);
          removeReplaced(aside);
        });
  }

  /** Sees to it that an old output never comes back. */
  private void giveUp(Path aside) {
    try {
      if (renames.occupied(aside)) {
        moveToTrash(aside);
        LOG.info("The output {} was replaced earlier, and is removed.", aside);
      }
    } catch (IOException | OutputException e) {
      LOG.warn("The replaced output {} could not be put away: {}", aside, e.toString());
    }
  }

  /** Removes the old output, and those that earlier replacements and removals have left. */
  private void removeReplaced(Path aside) {
    // The new output is published: what fails here is told, and no more.
    try {
      if (renames.occupied(aside)) {
        remove(aside);
      }
    } catch (IOException | OutputException e) {
      LOG.warn("The replaced output {} could not be removed: {}", aside, e.toString());
    }
    try {
      for (Path trash : StagingPaths.allTrash(fileSystem, output)) {
        removeTrash(trash);
      }
    } catch (IOException | OutputException e) {
      LOG.warn("What was left beside {} could not be removed: {}", output, e.toString());
    }
  }

  /** The old output goes aside and the new one in, again where a helpful other put it back. */
  private void exchange(Staging staging, Manifest manifest, Path aside) throws IOException {
    Optional<Manifest> before = old.manifest();
    for (int tries = 1; old.setAside(aside); tries++) {
      try {
        moveIn(staging, manifest);
        return;
      } catch (IOException | RuntimeException e) {
        if (tries < MOST_TRIES && before.isPresent() && isBack(before.get(), aside, e)) {
          LOG.warn("{} was put back while it was being replaced: replacing it again.", output);
          continue;
        }
        try {
          old.putBackUnlessReplaced(aside);
        } catch (IOException again) {
          e.addSuppressed(again);
        }
        throw e;
      }
    }
    moveIn(staging, manifest);
  }

  /** Whether a process that took this replacement for one that was cut off has undone it. */
  private boolean isBack(Manifest before, Path aside, Exception failure) {
    try {
      return !renames.occupied(aside) && ManifestFile.isAt(output, before, configuration);
    } catch (IOException unknown) {
      failure.addSuppressed(unknown);
      return false;
    }
  }

  @Override
  public void confirm(Manifest manifest) {
    try {
      renames.force(output);
    } catch (IOException e) {
      throw new UnconfirmedPublicationException(
          ErrorName.PUBLICATION_UNCONFIRMED,
          "run "
              + manifest.runId()
              + " is in place at "
              + output
              + ", but the disk does not confirm that it has it: "
              + e.getMessage()
              + ". A loss of power could undo it. Look at the disk, and run the job again: it answers"
              + " \"already published\" when the disk has it.",
          e);
    }
  }

  private void seal(Staging staging, Manifest manifest) throws IOException {
    PreparedParts.seal(fileSystem, staging.folder(), manifest, configuration);
  }

  /** The step that counts. Whatever the rename says, the manifest in the place decides. */
  private void moveIn(Staging staging, Manifest manifest) throws IOException {
    IOException failure = null;
    try {
      renames.rename(staging.folder(), output);
    } catch (IOException e) {
      failure = e;
    }
    if (isPublished(manifest, failure)) {
      staging.published();
      if (failure != null) {
        LOG.warn("{} is published, though the file system said: {}", output, failure.toString());
      }
      return;
    }
    if (isReplaced(manifest, failure)) {
      staging.published();
      LOG.warn(
          "Run {} was published at {}, and another run has replaced it by now.",
          manifest.runId(),
          output);
      return;
    }
    if (failure == null) {
      throw new IOException("the file system says that it made " + output + ", but did not");
    }
    // Who came may have been set aside by one more replacement since.
    if (occupied() || failure instanceof FileAlreadyExistsException) {
      throw new OutputException(ErrorName.OUTPUT_EXISTS, whoCame(failure), failure);
    }
    throw failure;
  }

  private String whoCame(IOException failure) {
    boolean foreign;
    try {
      foreign = old.isForeign(output);
    } catch (IOException unknown) {
      failure.addSuppressed(unknown);
      foreign = true;
    }
    return foreign
        ? "something that is no published run came to be at "
            + output
            + " in the meantime, and is untouched. Name another output, or remove it yourself."
        : "another run published at " + output + " in the meantime; its output is untouched.";
  }

  /**
   * Whether a replacement has taken this run out of the place that it had just come to: it is set
   * aside then, until the other run has the place. A damaged run in the place may be this one.
   */
  private boolean isReplaced(Manifest manifest, IOException failure) {
    return told(
        manifest,
        failure,
        () -> old.has(manifest) || (failure == null && old.manifest().isPresent()));
  }

  private boolean isPublished(Manifest manifest, IOException failure) {
    return told(manifest, failure, () -> ManifestFile.isAt(output, manifest, configuration));
  }

  /** A question to the file system. */
  private interface Question {
    boolean ask() throws IOException;
  }

  private boolean told(Manifest manifest, IOException failure, Question question) {
    try {
      return question.ask();
    } catch (IOException e) {
      if (failure != null) {
        e.addSuppressed(failure);
      }
      throw Publication.cannotTell(output, manifest, e);
    }
  }
}
