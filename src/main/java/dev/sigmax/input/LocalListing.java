package dev.sigmax.input;

import dev.sigmax.refusal.InputRefusal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Looks for what Hadoop's listing of a local folder leaves out without a word: links to nowhere,
 * and names that the locale of this process cannot express.
 */
final class LocalListing {
  private LocalListing() {}

  /**
   * Refuses a folder in which there is more than was listed.
   *
   * @param listed the names that Hadoop gave
   */
  static void requireAll(Path folder, Set<String> listed) throws IOException {
    try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
      for (Path path : there) {
        String name = path.getFileName().toString();
        if (!listed.contains(name) && !name.startsWith(".") && !name.startsWith("_")) {
          throw new InputRefusal(
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
}
