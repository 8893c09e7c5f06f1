package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.ManifestFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The output's own place on a store without renames, taken by a claim that one attempt alone can
 * write. The claim stays with a published run: it keeps late attempts out. An attempt whose claim
 * was taken away publishes nothing any more, and removes nothing.
 */
final class ClaimedOutput extends Staging {
  private static final String NAME = "claim.txt";

  private final FileSystem fileSystem;
  private final byte[] claim;

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

  @Override
  void requireHeld() throws IOException {
    if (!holdsClaim()) {
      throw new OutputException(
          ErrorName.ATTEMPT_TAKEN_AWAY,
          "the claim "
              + pathIn(folder())
              + " was taken away while the run was under way; nothing of it is published.");
    }
  }

  @Override
  boolean isMine() throws IOException {
    return holdsClaim() && !fileSystem.exists(ManifestFile.pathIn(folder()));
  }

  private boolean holdsClaim() throws IOException {
    try (InputStream in = fileSystem.open(pathIn(folder()))) {
      return Arrays.equals(claim, in.readAllBytes());
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
