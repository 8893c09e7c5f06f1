package dev.sigmax.input.snapshot;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.files.HiddenName;
import dev.sigmax.files.LocalFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for what Hadoop's listing of local folders does not tell: links to nowhere and names that
 * the locale of this process cannot express, which it leaves out, and links from file to file.
 */
public final class LocalListing {
  private LocalListing() {}

  /** Refuses files that are one file, by links: its rows would count twice. */
  static void requireDistinct(List<InputFile> files) throws IOException {
    Map<Path, String> seen = new HashMap<>();
    Map<Path, Path> folders = new HashMap<>();
    for (InputFile file : files) {
      Path path = LocalFiles.path(file.status().getPath());
      Path folder = folders.get(path.getParent());
      if (folder == null) {
        folder = path.getParent().toRealPath();
        folders.put(path.getParent(), folder);
      }
      Path real =
          Files.isSymbolicLink(path) ? path.toRealPath() : folder.resolve(path.getFileName());
      String twin = seen.put(real, file.path());
      if (twin != null) {
        throw new InputException(
            ErrorName.FILE_READ_TWICE,
            "the input has one file twice, and its rows would count twice: "
                + twin
                + " and "
                + file.path()
                + ". One is, or is in, a link to the other. Name the files to read with a glob.");
      }
    }
  }

  /** What is in a folder and not hidden. Taken before Hadoop lists it, for {@link #requireAll}. */
  static Set<Path> visible(Path folder) throws IOException {
    Set<Path> visible = new HashSet<>();
    try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
      for (Path path : there) {
        if (!HiddenName.is(path.getFileName().toString())) {
          visible.add(path);
        }
      }
    }
    return visible;
  }

  /**
   * Refuses a folder of which not all was listed. What arrived after {@code visible} was taken is
   * no matter here: whether it was listed or not, the snapshot is one of that time.
   *
   * @param listed the names that Hadoop gave
   */
  static void requireAll(Set<Path> visible, Set<String> listed) {
    for (Path path : visible) {
      if (!listed.contains(path.getFileName().toString())) {
        throw new InputException(
            ErrorName.FILE_LEFT_OUT,
            "the listing of the input leaves out "
                + path
                + (Files.isSymbolicLink(path) && !Files.exists(path)
                    ? ", a link to nowhere. Mend it or remove it."
                    : Files.exists(path)
                        ? ", whose name this process's locale cannot express. Run with"
                            + " LC_ALL=C.UTF-8, or rename it."
                        : ", which went while it was listed. Run again."));
      }
    }
  }
}
