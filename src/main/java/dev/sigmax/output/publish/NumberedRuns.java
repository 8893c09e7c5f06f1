package dev.sigmax.output.publish;

import dev.sigmax.error.Denial;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.AtOnce;
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

  /** A folder with a run's number: the run, or what is wrong with it. */
  private record Found(Optional<Run> run, Optional<String> fault) {
    static Found wrong(String fault) {
      return new Found(Optional.empty(), Optional.of(fault));
    }
  }

  /** Reads the manifests of all runs. An output that is not there has none. */
  public static NumberedRuns in(Path output, Configuration configuration) throws IOException {
    List<Path> folders = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (FileStatus child : FolderListing.of(output, configuration)) {
      Path path = child.getPath();
      if (child.isDirectory() && NumberedFolder.number(path.getName()).isPresent()) {
        folders.add(path);
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
    List<Found> found = AtOnce.ask(folders, folder -> find(folder, configuration));
    found.forEach(each -> each.fault().ifPresent(faults::add));
    List<Run> runs =
        found.stream()
            .flatMap(each -> each.run().stream())
            .sorted(Comparator.comparing(Run::number))
            .toList();
    return new NumberedRuns(output, runs, List.copyOf(faults));
  }

  private static Found find(Path folder, Configuration configuration) throws IOException {
    Optional<Manifest> manifest;
    try {
      manifest = ManifestFile.read(folder, configuration);
    } catch (DifferenceException damaged) {
      return Found.wrong(damaged.getMessage());
    }
    if (manifest.isEmpty()) {
      return Found.wrong(folder + " " + Publication.at(folder, configuration).unpublished());
    }
    int number = NumberedFolder.number(folder.getName()).getAsInt();
    Manifest.Incremental place = manifest.get().incremental();
    if (place == null || place.number() != number) {
      return Found.wrong(
          folder
              + " was published "
              + (place == null ? "without --incremental" : "as number " + place.number())
              + ", so it was copied, renamed or replaced. Move it away.");
    }
    return new Found(Optional.of(new Run(number, folder, manifest.get())), Optional.empty());
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
    return AtOnce.ask(runs, run -> withoutFiles(run, configuration)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> withoutFiles(Run run, Configuration configuration)
      throws IOException {
    List<String> lost;
    try {
      lost =
          PreparedParts.differences(
              run.folder().getFileSystem(configuration), run.folder(), run.manifest());
    } catch (IOException e) {
      return Optional.of(
          "whether run "
              + run.manifest().runId()
              + " has its files cannot be told: "
              + Denial.in(e).map(Denial::ofReading).orElseThrow(() -> e)
              + ".");
    }
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "run "
            + run.manifest().runId()
            + " does not have the rows any more that it published: "
            + lost.get(0)
            + (lost.size() == 1 ? "" : ", and so it is with " + (lost.size() - 1) + " more")
            + ". "
            + ManifestFile.repair(run.folder()));
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
