package dev.sigmax.output;

import dev.sigmax.error.DifferenceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * The runs whose outputs lie in one folder.
 *
 * @param runs in the order of their publication; of those published at once, by path
 * @param unreadable what may be a run and cannot be read as one, a sentence each
 */
public record PublishedRuns(List<Run> runs, List<String> unreadable) {
  /** A run and where it is. */
  public record Run(Path output, Manifest manifest) {
    /** When it was published. */
    Instant publishedAt() {
      return Instant.parse(manifest.publishedAt());
    }
  }

  /**
   * Looks at all folders below a folder but the hidden ones, in which outputs are prepared. A
   * folder that is not there has no runs.
   */
  public static PublishedRuns in(Path folder, Configuration configuration) throws IOException {
    FileSystem fileSystem = folder.getFileSystem(configuration);
    List<Run> runs = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (FileStatus child : children(fileSystem, folder)) {
      String name = child.getPath().getName();
      if (child.isDirectory() && !name.startsWith(".") && !name.startsWith("_")) {
        try {
          read(child.getPath(), configuration).ifPresent(runs::add);
        } catch (DifferenceException damaged) {
          unreadable.add(damaged.getMessage());
        } catch (AccessDeniedException | AccessControlException closed) {
          unreadable.add("the folder " + child.getPath() + " may not be read.");
        } catch (DateTimeParseException noTime) {
          unreadable.add(
              "the manifest "
                  + ManifestFile.pathIn(child.getPath())
                  + " does not say when its run was published.");
        }
      }
    }
    runs.sort(Comparator.comparing(Run::publishedAt).thenComparing(Run::output));
    return new PublishedRuns(runs, unreadable);
  }

  private static FileStatus[] children(FileSystem fileSystem, Path folder) throws IOException {
    try {
      return fileSystem.listStatus(folder);
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    }
  }

  private static Optional<Run> read(Path output, Configuration configuration) throws IOException {
    Optional<Run> run =
        ManifestFile.read(output, configuration).map(manifest -> new Run(output, manifest));
    run.ifPresent(Run::publishedAt);
    return run;
  }
}
