package dev.sigmax.output;

import dev.sigmax.error.DifferenceException;
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
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * The runs whose outputs lie in one folder.
 *
 * @param runs in the order of their publication; of those published at once, by path
 * @param unreadable what may be a run and cannot be read as one
 * @param unpublished folders without a manifest: no run, or one that is not published
 */
public record PublishedRuns(List<Run> runs, List<LeftOut> unreadable, List<Path> unpublished) {
  /** A run and where it is. */
  public record Run(Path output, Manifest manifest) {
    /** When it was published. */
    public Instant publishedAt() {
      return Instant.parse(manifest.publishedAt());
    }
  }

  /** A folder that cannot be read as a run, and why, a sentence. */
  public record LeftOut(Path folder, String why) {}

  /**
   * Looks at all folders below a folder but the hidden ones, in which outputs are prepared. A
   * folder that is not there has no runs.
   */
  public static PublishedRuns in(Path folder, Configuration configuration) throws IOException {
    List<Run> runs = new ArrayList<>();
    List<LeftOut> unreadable = new ArrayList<>();
    List<Path> unpublished = new ArrayList<>();
    for (FileStatus child : FolderListing.of(folder, configuration)) {
      Path output = child.getPath();
      if (child.isDirectory() && !output.getName().matches("[._].*")) {
        try {
          read(output, configuration).ifPresentOrElse(runs::add, () -> unpublished.add(output));
        } catch (DifferenceException damaged) {
          unreadable.add(new LeftOut(output, damaged.getMessage()));
        } catch (AccessDeniedException | AccessControlException closed) {
          unreadable.add(new LeftOut(output, "the folder " + output + " may not be read."));
        } catch (DateTimeParseException noTime) {
          unreadable.add(
              new LeftOut(
                  output,
                  "the manifest "
                      + ManifestFile.pathIn(output)
                      + " does not say when its run was published."));
        }
      }
    }
    runs.sort(Comparator.comparing(Run::publishedAt).thenComparing(Run::output));
    return new PublishedRuns(runs, unreadable, unpublished);
  }

  private static Optional<Run> read(Path output, Configuration configuration) throws IOException {
    Optional<Run> run =
        ManifestFile.read(output, configuration).map(manifest -> new Run(output, manifest));
    run.ifPresent(Run::publishedAt);
    return run;
  }
}
