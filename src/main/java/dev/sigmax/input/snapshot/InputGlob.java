package dev.sigmax.input.snapshot;

import dev.sigmax.files.ClosedDoor;
import dev.sigmax.files.HiddenName;
import dev.sigmax.files.LocalDisk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
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
   * @throws AccessDeniedException if a folder on the way to it, or to what matches it, may not be
   *     entered on a local disk, so that whether something is there cannot be told
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
    Path glob = glob(base, qualified);
    requireOpen(fileSystem, base, glob);
    FileStatus[] matches = fileSystem.globStatus(glob);
    return new InputGlob(false, base, matches == null ? List.of() : List.of(matches));
  }

  /** The path with the characters of its base escaped. */
  private static Path glob(Path base, Path whole) {
    String folder = base.toUri().getPath();
    return at(whole, escaped(base) + whole.toUri().getPath().substring(folder.length()));
  }

  private static String escaped(Path base) {
    return SPECIAL.matcher(base.toUri().getPath()).replaceAll("\\\\$0");
  }

  /** A path on the same file system. */
  private static Path at(Path other, String path) {
    return new Path(other.toUri().getScheme(), other.toUri().getAuthority(), path);
  }

  /**
   * Refuses folders that a glob leads through and that this user may not enter: of a local disk
   * Hadoop would take what is in them for not there. Other file systems say so.
   */
  private static void requireOpen(FileSystem fileSystem, Path base, Path glob) throws IOException {
    if (!LocalDisk.is(fileSystem)) {
      return;
    }
    String start = escaped(base);
    for (String single : GlobExpander.expand(glob.toUri().getPath())) {
      String way = start;
      for (String name : single.substring(start.length()).split("/", -1)) {
        if (!name.isEmpty()) {
          requireOpen(fileSystem, at(glob, way), WILDCARD.matcher(name).find());
          way = way.equals("/") ? way + name : way + "/" + name;
        }
      }
    }
  }

  private static void requireOpen(FileSystem fileSystem, Path folders, boolean listed)
      throws IOException {
    FileStatus[] found = fileSystem.globStatus(folders);
    for (FileStatus folder : found == null ? new FileStatus[0] : found) {
      String name = folder.getPath().getName();
      // Of the hidden ones only those that somebody named: a star takes them all.
      boolean passedOver =
          LocalDisk.keeps(name) || (HiddenName.is(name) && !HiddenName.is(folders.getName()));
      if (folder.isDirectory() && !passedOver) {
        ClosedDoor.requireOpen(folder.getPath(), listed);
      }
    }
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
