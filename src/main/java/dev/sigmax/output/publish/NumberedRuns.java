package dev.sigmax.output.publish;

import dev.sigmax.error.Denial;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.ClosedDoor;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.output.FolderListing;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.NumberedFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The published runs of an output that grows run by run. Their manifests are all that is known of
 * what was scored: there is no other record that could differ from them.
 *
 * @param runs by number
 * @param faults what lies there and is no such run, or a damaged one, a sentence each
 */
public record NumberedRuns(Path output, List<Run> runs, List<String> faults) {
  /** A run, the folder that it is published in, and its manifest, which has its number. */
  public record Run(int number, Path folder, Manifest manifest) {}

  /** An input file as it was when a run saw it. */
  public record Seen(Run run, Manifest.InputEntry file) {}

  /** Reads the manifests of all runs. An output that is not there has none. */
  public static NumberedRuns in(Path output, Configuration configuration) throws IOException {
    List<Run> runs = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (FileStatus child : FolderListing.of(output, configuration)) {
      Path path = child.getPath();
      OptionalInt number = NumberedFolder.number(path.getName());
      if (child.isDirectory() && number.isPresent()) {
        try {
          read(path, number.getAsInt(), configuration, faults).ifPresent(runs::add);
        } catch (DifferenceException damaged) {
          faults.add(damaged.getMessage());
        }
      } else if (path.getName().equals(ManifestFile.FOLDER)) {
        faults.add(
            0,
            output
                + " is the output of one run, which was made without --incremental. Name another"
                + " output.");
      } else if (!path.getName().startsWith(".") && !LocalDisk.keeps(path.getName())) {
        faults.add(
            path
                + " is no run, and an incremental output holds nothing else. Move it away, or name"
                + " another output.");
      }
    }
    runs.sort(Comparator.comparing(Run::number));
    return new NumberedRuns(output, List.copyOf(runs), List.copyOf(faults));
  }

  private static Optional<Run> read(
      Path folder, int number, Configuration configuration, List<String> faults)
      throws IOException {
    Optional<Manifest> manifest = ManifestFile.read(folder, configuration);
    if (manifest.isEmpty()) {
      faults.add(folder + " " + Publication.at(folder, configuration).unpublished());
      return Optional.empty();
    }
    Manifest.Incremental place = manifest.get().incremental();
    if (place == null || place.number() != number) {
      faults.add(
          folder
              + " was published "
              + (place == null ? "without --incremental" : "as number " + place.number())
              + ", so it was copied, renamed or replaced. Move it away.");
      return Optional.empty();
    }
    return Optional.of(new Run(number, folder, manifest.get()));
  }

  /** The numbers that have a folder, published or not. */
  public static NavigableSet<Integer> numbers(Path output, Configuration configuration)
      throws IOException {
    NavigableSet<Integer> numbers = new TreeSet<>();
    for (FileStatus child : FolderListing.of(output, configuration)) {
      NumberedFolder.number(child.getPath().getName()).ifPresent(numbers::add);
    }
    return numbers;
  }

  /** Whether an output grows run by run. */
  public static boolean areIn(Path output, Configuration configuration) throws IOException {
    return !numbers(output, configuration).isEmpty();
  }

  /**
   * Where runs publish, or may have left attempts: the output itself, and the folder of each number
   * that something in it is named after.
   */
  public static List<Path> places(Path output, Configuration configuration) throws IOException {
    NavigableSet<Integer> numbers = new TreeSet<>();
    for (FileStatus child : FolderListing.of(output, configuration)) {
      NumberedFolder.number(StagingPaths.publishedName(child.getPath())).ifPresent(numbers::add);
    }
    List<Path> places = new ArrayList<>(List.of(output));
    numbers.forEach(number -> places.add(NumberedFolder.at(output, number)));
    return places;
  }

  /**
   * Refuses an output that grows run by run, for what takes one run.
   *
   * @throws InputException naming the last run; and where this user may not look
   */
  public static void refuse(Path output, Configuration configuration) throws IOException {
    NavigableSet<Integer> numbers;
    try {
      numbers = numbers(output, configuration);
    } catch (IOException e) {
      Denial.tellReading("cannot read the run at " + output, e);
      throw e;
    }
    if (!numbers.isEmpty()) {
      throw new InputException(
          ErrorName.RUN_NOT_PUBLISHED,
          output
              + " holds runs of an incremental job, and this takes one run. Name one of their"
              + " folders, such as the last, "
              + NumberedFolder.at(output, numbers.last())
              + ".");
    }
  }

  /** The number that the next run takes: no earlier run had it, unless it was removed. */
  public int next() {
    return runs.isEmpty() ? 1 : runs.get(runs.size() - 1).number() + 1;
  }

  /** The last run; empty where there is none. */
  public Optional<Run> last() {
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
  }

  /** The type of each column that the last run has kept, by its name in the output. */
  public Map<String, String> keptTypes() {
    return last().map(run -> run.manifest().incremental().keptTypes()).orElse(Map.of());
  }

  /**
   * Whether a run was published since, whatever became of these. A run gets a number above all that
   * it finds, so it has one above the last of these, or the last was removed first. So no other
   * manifest is read again.
   */
  public boolean areOvertaken(Configuration configuration) throws IOException {
    if (last().isPresent() && !isThere(last().get(), configuration)) {
      return true;
    }
    for (int number : numbers(output, configuration).tailSet(next())) {
      Path manifest = ManifestFile.pathIn(NumberedFolder.at(output, number));
      if (ClosedDoor.exists(manifest.getFileSystem(configuration), manifest)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isThere(Run run, Configuration configuration) throws IOException {
    try {
      return ManifestFile.read(run.folder(), configuration)
          .filter(now -> now.fingerprint().equals(run.manifest().fingerprint()))
          .filter(now -> now.publishedAt().equals(run.manifest().publishedAt()))
          .isPresent();
    } catch (DifferenceException damaged) {
      return false;
    }
  }

  /** The input files that runs have seen, by path; of two runs that saw one, the first counts. */
  public SortedMap<String, Seen> seen() {
    SortedMap<String, Seen> seen = new TreeMap<>();
    for (Run run : runs) {
      run.manifest()
          .input()
          .files()
          .forEach(file -> seen.putIfAbsent(file.path(), new Seen(run, file)));
    }
    return seen;
  }

  /** The input files whose rows two runs have, a sentence each. */
  public List<String> scoredTwice() {
    Map<String, Seen> first = seen();
    List<String> twice = new ArrayList<>();
    for (Run run : runs) {
      for (Manifest.InputEntry file : run.manifest().input().files()) {
        Run other = first.get(file.path()).run();
        if (other.number() != run.number()) {
          twice.add(
              "the rows of "
                  + file.path()
                  + " are in "
                  + other.folder().getName()
                  + " and in "
                  + run.folder().getName());
        }
      }
    }
    return twice;
  }

  /**
   * The runs that have lost files since they were published, a sentence each, with what to do.
   * Lists their folders and reads nothing in them.
   */
  public List<String> withoutFiles(Configuration configuration) throws IOException {
    List<String> told = new ArrayList<>();
    for (Run run : runs) {
      try {
        List<String> lost =
            PreparedParts.differences(
                run.folder().getFileSystem(configuration), run.folder(), run.manifest());
        if (!lost.isEmpty()) {
          told.add(
              "run "
                  + run.manifest().runId()
                  + " does not have the rows any more that it published: "
                  + lost.get(0)
                  + (lost.size() == 1 ? "" : ", and so it is with " + (lost.size() - 1) + " more")
                  + ". "
                  + ManifestFile.repair(run.folder()));
        }
      } catch (IOException e) {
        told.add(
            "whether run "
                + run.manifest().runId()
                + " has its files cannot be told: "
                + Denial.in(e).map(Denial::ofReading).orElseThrow(() -> e)
                + ".");
      }
    }
    return told;
  }

  /** Refuses an output with anything in it but whole runs: what was scored could not be told. */
  public void requireSound() {
    if (!faults.isEmpty()) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "no run can be added to "
              + output
              + ": "
              + faults.get(0)
              + (faults.size() == 1 ? "" : " And " + (faults.size() - 1) + " more like it."));
    }
  }
}
