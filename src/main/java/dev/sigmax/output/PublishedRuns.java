package dev.sigmax.output;

import dev.sigmax.error.Denial;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.files.AtOnce;
import dev.sigmax.files.HiddenName;
import dev.sigmax.files.LocalDisk;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

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
    /**
     * When it was published.
     *
     * @throws DateTimeParseException where the manifest does not {@linkplain #saysWhen say}
     */
    public Instant publishedAt() {
      return Instant.parse(manifest.publishedAt());
    }

    /** Whether what the manifest says of the time of its publication is one. */
    public boolean saysWhen() {
      try {
        publishedAt();
        return true;
      } catch (DateTimeParseException e) {
        return false;
      }
    }
  }

  /**
   * A folder that cannot be read as a run.
   *
   * @param name of the error that it is for whoever needs that run
   * @param why a sentence
   */
  public record LeftOut(Path folder, ErrorName name, String why) {}

  /**
   * Looks at all folders below a folder but the hidden ones, in which outputs are prepared. A
   * folder that is not there has no runs.
   */
  public static PublishedRuns in(Path folder, Configuration configuration) throws IOException {
    List<Path> outputs = new ArrayList<>();
    for (FileStatus child : FolderListing.of(folder, configuration)) {
      if (mayBeOutput(child)) {
        outputs.add(child.getPath());
      }
    }
    List<Run> runs = new ArrayList<>();
    List<LeftOut> unreadable = new ArrayList<>();
    List<Path> unpublished = new ArrayList<>();
    for (Found found : AtOnce.ask(outputs, output -> found(output, configuration))) {
      found.run().ifPresent(runs::add);
      found.leftOut().ifPresent(unreadable::add);
      found.unpublished().ifPresent(unpublished::add);
    }
    runs.sort(Comparator.comparing(Run::publishedAt).thenComparing(Run::output));
    return new PublishedRuns(runs, unreadable, unpublished);
  }

  /** What a folder is; one of the three is there. */
  private record Found(Optional<Run> run, Optional<LeftOut> leftOut, Optional<Path> unpublished) {
    static Found leftOut(Path output, ErrorName name, String why) {
      return new Found(
          Optional.empty(), Optional.of(new LeftOut(output, name, why)), Optional.empty());
    }
  }

  private static Found found(Path output, Configuration configuration) throws IOException {
    try {
      Optional<Run> run =
          ManifestFile.read(output, configuration).map(manifest -> new Run(output, manifest));
      if (run.isPresent() && !run.get().saysWhen()) {
        return Found.leftOut(output, ErrorName.MANIFEST_DAMAGED, noTime(output));
      }
      Optional<Path> unpublished = run.isEmpty() ? Optional.of(output) : Optional.empty();
      return new Found(run, Optional.empty(), unpublished);
    } catch (DifferenceException damaged) {
      return Found.leftOut(output, ErrorName.MANIFEST_DAMAGED, damaged.getMessage());
    } catch (IOException e) {
      return Found.leftOut(output, ErrorName.INPUT_NO_PERMISSION, closed(output, e));
    }
  }

  /** Whether what a folder lists may be an output. */
  private static boolean mayBeOutput(FileStatus child) {
    String name = child.getPath().getName();
    return child.isDirectory() && !HiddenName.is(name) && !LocalDisk.keeps(name);
  }

  private static String closed(Path output, IOException failure) throws IOException {
    Optional<Throwable> denial = Denial.in(failure);
    if (denial.isEmpty()) {
      throw failure;
    }
    return "the folder " + output + " may not be read: " + Denial.ofReading(denial.get()) + ".";
  }

  private static String noTime(Path output) {
    return "the manifest "
        + ManifestFile.pathIn(output)
        + " does not say when its run was published.";
  }
}
