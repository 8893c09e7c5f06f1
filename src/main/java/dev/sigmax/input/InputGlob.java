package dev.sigmax.input;

import dev.sigmax.files.ClosedDoor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What an input path stands for. As far as it exists it is taken as it is, whatever characters it
 * has; only what comes below that is a glob.
 *
 * @param literal whether the whole path exists
 * @param base the deepest folder on the way that exists; of a path that exists, itself
 * @param matches what is there
 */
public record InputGlob(boolean literal, Path base, List<FileStatus> matches) {
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
  private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]{}\\\\]");

  /**
   * Looks up a path.
   *
   * @throws AccessDeniedException if a folder on the way to it on a local disk may not be entered,
   *     so that whether it exists cannot be told
   */
  public static InputGlob of(FileSystem fileSystem, Path path) throws IOException {
    Path qualified = fileSystem.makeQualified(path);
    Optional<FileStatus> whole = status(fileSystem, qualified);
    if (whole.isPresent()) {
      return new InputGlob(true, qualified, List.of(whole.get()));
    }
    if (!WILDCARD.matcher(qualified.toUri().getPath()).find()) {
      return new InputGlob(false, qualified, List.of());
    }
    Path base = qualified.getParent();
    while (base.getParent() != null && status(fileSystem, base).isEmpty()) {
      base = base.getParent();
    }
    FileStatus[] matches = fileSystem.globStatus(glob(base, qualified));
    return new InputGlob(false, base, matches == null ? List.of() : List.of(matches));
  }

  /** The path with the characters of its base escaped. */
  private static Path glob(Path base, Path whole) {
    String folder = base.toUri().getPath();
    String below = whole.toUri().getPath().substring(folder.length());
    String escaped = SPECIAL.matcher(folder).replaceAll("\\\\$0");
    return new Path(whole.toUri().getScheme(), whole.toUri().getAuthority(), escaped + below);
  }

  private static Optional<FileStatus> status(FileSystem fileSystem, Path path) throws IOException {
    try {
      return Optional.of(fileSystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      ClosedDoor.requireNone(fileSystem, path, e);
      return Optional.empty();
    }
  }
}
