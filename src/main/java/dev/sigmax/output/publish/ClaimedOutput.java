package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.Pause;
import dev.sigmax.output.ManifestFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output's own place on a store without renames, taken by a claim that one attempt alone can
 * write. The claim stays with a published run: it keeps late attempts out. An attempt whose claim
 * was taken away, or that is being {@linkplain AttemptRemoval removed}, publishes nothing any more,
 * and removes nothing.
 */
final class ClaimedOutput extends Staging {
  private static final String NAME = "claim.txt";

  private static final Logger LOG = LoggerFactory.getLogger(ClaimedOutput.class);

  private static final String NOT_REMOVED =
      "{} is being cleaned away by another: nothing is removed by this run.";

  /** Longer than most removals take; behind it the run says that it cannot tell. */
  private static final int MOST_LOOKS = 100;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final FileSystem fileSystem;
  private final byte[] claim;
  private boolean cleanedAway;

  private ClaimedOutput(FileSystem fileSystem, Path folder, String attempt, byte[] claim) {
    super(fileSystem, folder, attempt, Optional.empty());
    this.fileSystem = fileSystem;
    this.claim = claim;
  }

  /** Claims the output, or refuses where another attempt has. */
  static ClaimedOutput claim(FileSystem fileSystem, Path output) throws IOException {
    String attempt = newAttempt();
    String text = "attempt " + attempt + ", begun at " + Instant.now() + "\n";
    byte[] claim = text.getBytes(StandardCharsets.UTF_8);
    try {
      CreateOnceFile.create(fileSystem, pathIn(output), claim);
    } catch (FileAlreadyExistsException e) {
      throw new OutputException(
          ErrorName.OUTPUT_HELD,
          "another run holds " + output + " (" + pathIn(output) + "); it is untouched.",
          e);
    }
    ClaimedOutput claimed = new ClaimedOutput(fileSystem, output, attempt, claim);
    claimed.watch();
    return claimed;
  }

  static Path pathIn(Path output) {
    return new Path(new Path(output, ManifestFile.FOLDER), NAME);
  }

  /** What the claim at an output says; empty where there is none. */
  static Optional<byte[]> claimOf(FileSystem fileSystem, Path output) throws IOException {
    return CreateOnceFile.contentOf(fileSystem, pathIn(output));
  }

  @Override
  void requireHeld() throws IOException {
    if (isBeingRemoved()) {
      throw new OutputException(
          ErrorName.ATTEMPT_TAKEN_AWAY,
          "the run at "
              + folder()
              + " is being cleaned away by another ("
              + AttemptRemoval.markIn(folder())
              + " is there); nothing of it is published.");
    }
    if (!holdsClaim()) {
      throw takenAway();
    }
  }

  /**
   * Looks whether a run whose manifest is written stays: a removal that was there before may not
   * have seen it. One that did leaves the claim.
   *
   * @return false where the run is removed
   * @throws IOException where the removal does not end
   */
  boolean outlastsRemoval() throws IOException {
    // The claim is looked at last: it goes before the mark does.
    for (int looks = 1; isBeingRemoved(); looks++) {
      if (looks == MOST_LOOKS) {
        throw new IOException(
            "the command clean is at it and does not end ("
                + AttemptRemoval.markIn(folder())
                + " is there)");
      }
      Pause.of(BETWEEN_LOOKS, "a removal was waited for");
    }
    return holdsClaim();
  }

  /** What to say where the attempt was removed by another. */
  OutputException takenAway() {
    return new OutputException(
        ErrorName.ATTEMPT_TAKEN_AWAY,
        "the claim "
            + pathIn(folder())
            + " was taken away while the run was under way; nothing of it is published.");
  }

  @Override
  boolean removeFolder() throws IOException {
    if (isBeingRemoved()) {
      LOG.warn(NOT_REMOVED, folder());
      return true;
    }
    if (cleanedAway || !holdsClaim()) {
      leaveToClean();
      return true;
    }
    switch (new AttemptRemoval(fileSystem, folder()).run(Optional.of(claim), false)) {
      case REMOVED -> {}
      case PUBLISHED ->
          LOG.warn("A run is published at {}: nothing is removed by this one.", folder());
      case ANOTHERS -> LOG.warn(NOT_REMOVED, folder());
    }
    return true;
  }

  /**
   * Where this attempt was cleaned away, its tasks may have written since. Nobody else would know
   * whose that is, so it gets its claim back, unless another run has the place.
   */
  private void leaveToClean() throws IOException {
    cleanedAway = true;
    if (claimOf(fileSystem, folder()).isPresent()) {
      return;
    }
    if (fileSystem.listFiles(folder(), true).hasNext()) {
      CreateOnceFile.create(fileSystem, pathIn(folder()), claim);
      LOG.warn(
          "What this run wrote after it was removed is left at {}: the command clean removes it.",
          folder());
    } else {
      // The store makes a folder of what a file was removed from.
      EmptyFolder.remove(fileSystem, pathIn(folder()).getParent());
      EmptyFolder.remove(fileSystem, folder());
    }
  }

  private boolean isBeingRemoved() throws IOException {
    return fileSystem.exists(AttemptRemoval.markIn(folder()));
  }

  private boolean holdsClaim() throws IOException {
    return claimOf(fileSystem, folder()).filter(there -> Arrays.equals(claim, there)).isPresent();
  }
}
