package dev.sigmax.output;

import dev.sigmax.refusal.OutputRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The output's own place on a store without renames, taken by a claim that one attempt alone can
 * write. The claim stays with a published run: it keeps late attempts out.
 */
final class ClaimedOutput extends Staging {
  private static final String NAME = "claim.txt";

  private ClaimedOutput(FileSystem fileSystem, Path folder, String attempt) {
    super(fileSystem, folder, attempt);
  }

  /** Claims the output, or refuses where another attempt has. */
  static ClaimedOutput claim(FileSystem fileSystem, Path output) throws IOException {
    String attempt = newAttempt();
    String text = "attempt " + attempt + ", begun at " + Instant.now() + "\n";
    try {
      FirstFile.create(fileSystem, pathIn(output), text.getBytes(StandardCharsets.UTF_8));
    } catch (FileAlreadyExistsException e) {
      throw new OutputRefusal(
          "another run holds " + output + " (" + pathIn(output) + "); it is untouched.", e);
    }
    return new ClaimedOutput(fileSystem, output, attempt);
  }

  static Path pathIn(Path output) {
    return new Path(new Path(output, ManifestFile.FOLDER), NAME);
  }
}
