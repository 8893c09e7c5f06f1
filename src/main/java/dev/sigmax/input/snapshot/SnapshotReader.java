package dev.sigmax.input.snapshot;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.Redaction;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.files.LocalFiles;
import dev.sigmax.files.Tilde;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Takes the snapshot: walks the given paths, globs and Hive partitions, and refuses what Spark
 * would read differently or leave out in silence.
 */
public final class SnapshotReader {
  private final Configuration configuration;
  private final Optional<Set<String>> wanted;
  private final List<InputFile> files = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  private SnapshotReader(Configuration configuration, Optional<Set<String>> wanted) {
    this.configuration = configuration;
    this.wanted = wanted;
  }

  /**
   * The files that {@code inputs} name.
   *
   * @param inputs paths and globs of files and folders; a path that exists is taken as it is,
   *     whatever characters it has
   */
  public static Snapshot read(List<String> inputs, Configuration configuration) {
    return read(inputs, new SnapshotReader(configuration, Optional.empty()));
  }

  /**
   * Some of the files that {@code inputs} name. What lies beside them is passed over, whatever it
   * is: it is not of what read them.
   *
   * @param wanted their {@linkplain InputFile#redactedPath paths}; those that are gone are left out
   */
  public static Snapshot readOnly(
      Set<String> wanted, List<String> inputs, Configuration configuration) {
    return read(inputs, new SnapshotReader(configuration, Optional.of(wanted)));
  }

  private static Snapshot read(List<String> inputs, SnapshotReader reader) {
    for (String input : inputs) {
      try {
        reader.add(input);
      } catch (SigmaxException explained) {
        throw explained;
      } catch (IOException | RuntimeException e) {
        // Hadoop throws either for a scheme that it has no file system for.
        throw ListingFailure.of("the input " + input, e);
      }
    }
    Snapshot snapshot = reader.snapshot();
    reader.requireDistinctFiles();
    return snapshot;
  }

  /**
   * The files of a snapshot as they are now, whatever came beside them. Those that went are left
   * out.
   */
  public static Snapshot again(Snapshot taken, Configuration configuration) {
    List<InputFile> there = new ArrayList<>();
    Map<Path, Map<Path, FileStatus>> folders = new HashMap<>();
    for (InputFile file : taken.files()) {
      Path path = file.status().getPath();
      FileStatus now =
          folders
              .computeIfAbsent(path.getParent(), folder -> filesIn(folder, configuration))
              .get(path);
      if (now != null) {
        there.add(new InputFile(now, file.partition()));
      }
    }
    return new Snapshot(there, taken.partitionColumns(), taken.skipped(), taken.table());
  }

  /** What lies in a folder, by its path; a store may take long to answer for each file alone. */
  private static Map<Path, FileStatus> filesIn(Path folder, Configuration configuration) {
    try {
      return Stream.of(listing(folder.getFileSystem(configuration)).listStatus(folder))
          .collect(Collectors.toMap(FileStatus::getPath, Function.identity()));
    } catch (FileNotFoundException gone) {
      return Map.of();
    } catch (IOException | RuntimeException e) {
      throw ListingFailure.of("the input " + folder, e);
    }
  }

  private void requireDistinctFiles() {
    try {
      LocalListing.requireDistinct(
          files.stream().filter(file -> LocalDisk.has(file.status().getPath())).toList());
    } catch (IOException e) {
      throw new InputException(
          ErrorName.INPUT_CHANGED,
          "the input changes while it is listed: " + e.getMessage() + ".",
          e);
    }
  }

  private Snapshot snapshot() {
    files.sort(Comparator.comparing(InputFile::path));
    Set<String> seen = new HashSet<>();
    for (InputFile file : files) {
      if (!seen.add(file.path())) {
        throw new UsageException(
            ErrorName.FILE_READ_TWICE,
            "the input names "
                + file.path()
                + " twice, and its rows would count twice. Name it once.");
      }
    }
    List<String> columns =
        files.isEmpty() ? List.of() : List.copyOf(files.get(0).partition().keySet());
    for (InputFile file : files) {
      if (!columns.equals(List.copyOf(file.partition().keySet()))) {
        throw new InputException(
            ErrorName.FILES_DISAGREE,
            "the files disagree on their partition columns: "
                + files.get(0).path()
                + " has "
                + columns
                + ", "
                + file.path()
                + " has "
                + List.copyOf(file.partition().keySet())
                + ". Read them one kind at a time.");
      }
    }
    return new Snapshot(List.copyOf(files), columns, List.copyOf(skipped));
  }

  private void add(String input) throws IOException {
    Path path = new Path(input);
    FileSystem fileSystem = listing(path.getFileSystem(configuration));
    InputGlob glob = InputGlob.of(fileSystem, path);
    if (glob.literal()) {
      addMatch(fileSystem, glob.matches().get(0), Map.of());
      return;
    }
    if (glob.matches().isEmpty()) {
      throw new InputException(
          ErrorName.INPUT_NOT_FOUND,
          "no file or folder matches the input "
              + input
              + whole(input, fileSystem.makeQualified(path))
              + ". Check the path."
              + Tilde.hint(input));
    }
    for (FileStatus match : glob.matches()) {
      Map<String, String> partition = partitionBetween(glob.base(), match.getPath());
      if (FileKind.of(match) == FileKind.FOLDER) {
        addMatch(fileSystem, match, partition);
      } else {
        addListed(fileSystem, match, partition);
      }
    }
  }

  /** The whole path behind a relative one, as people are told both. */
  private static String whole(String input, Path path) {
    String told = Redaction.forPeople(path.toString());
    return told.equals(Redaction.forPeople(input)) ? "" : " (" + told + ")";
  }

  /** Hadoop's local file system hides its checksum files; the one below it shows all there is. */
  private static FileSystem listing(FileSystem fileSystem) {
    return fileSystem instanceof ChecksumFileSystem checksums
        ? checksums.getRawFileSystem()
        : fileSystem;
  }

  /** A path that was named itself: a file is data whatever it is called. */
  private void addMatch(FileSystem fileSystem, FileStatus status, Map<String, String> partition)
      throws IOException {
    if (status.isFile()) {
      addData(located(fileSystem, status), partition);
      return;
    }
    Set<java.nio.file.Path> before =
        LocalDisk.is(fileSystem) && wanted.isEmpty()
            ? LocalListing.visible(LocalFiles.path(status.getPath()))
            : Set.of();
    RemoteIterator<LocatedFileStatus> children = fileSystem.listLocatedStatus(status.getPath());
    Set<String> listed = new HashSet<>();
    while (children.hasNext()) {
      LocatedFileStatus child = children.next();
      listed.add(child.getPath().getName());
      addListed(fileSystem, child, partition);
    }
    LocalListing.requireAll(before, listed);
  }

  /** A path that a folder or a glob brought along. */
  private void addListed(FileSystem fileSystem, FileStatus status, Map<String, String> partition)
      throws IOException {
    String path = status.getPath().toString();
    FileKind kind = FileKind.of(status);
    if (wanted.isPresent() && kind != FileKind.PARTITION && kind != FileKind.DATA) {
      return;
    }
    switch (kind) {
      case DATA -> addData(located(fileSystem, status), partition);
      case PARTITION ->
          addMatch(
              fileSystem, status, HivePartition.with(partition, status.getPath().getName(), path));
      case SKIPPED ->
          skipped.add(
              new Skipped(path, status.isDirectory() ? "a hidden folder" : "a hidden file"));
      case HIDDEN_DATA ->
          throw new InputException(
              ErrorName.FILE_LEFT_OUT,
              "there is a hidden data file in the input: "
                  + path
                  + ". Spark would leave it out without a word. Rename it, move it, or name the"
                  + " files to read with a glob.");
      case BEING_COPIED ->
          throw new InputException(
              ErrorName.FILE_INCOMPLETE,
              "a file in the input is still being copied: "
                  + path
                  + ". Wait for it, remove it, or name the files to read with a glob.");
      case TABLE_LOG ->
          throw new InputException(
              ErrorName.INPUT_IS_TABLE_WITH_LOG,
              "the input is a table with a log ("
                  + path
                  + "), whose files are not all its rows. Export a snapshot of it to plain Parquet.");
      case FOLDER ->
          throw new InputException(
              ErrorName.FOLDER_IS_NO_PARTITION,
              "there is a folder in the input that is no partition (name=value): "
                  + path
                  + ". Name the folders to read, or a glob such as "
                  + status.getPath().getParent()
                  + "/*/*.parquet.");
    }
  }

  private void addData(FileStatus status, Map<String, String> partition) {
    InputFile file = new InputFile(status, partition);
    if (wanted.isPresent() && !wanted.get().contains(file.redactedPath())) {
      return;
    }
    if (status.getLen() == 0) {
      throw new InputException(
          ErrorName.FILE_INCOMPLETE,
          "a file in the input has 0 bytes: "
              + status.getPath()
              + ". It holds nothing; the job that wrote it may have failed. Remove it or write it again.");
    }
    files.add(file);
  }

  /** With the machines that hold its blocks, so that tasks go there; of a local file, without. */
  private static FileStatus located(FileSystem fileSystem, FileStatus status) throws IOException {
    if (LocalDisk.is(fileSystem)) {
      return status instanceof LocatedFileStatus ? new FileStatus(status) : status;
    }
    return status instanceof LocatedFileStatus
        ? status
        : new LocatedFileStatus(
            status, fileSystem.getFileBlockLocations(status, 0, status.getLen()));
  }

  private static Map<String, String> partitionBetween(Path base, Path match) {
    List<String> folders = new ArrayList<>();
    for (Path part = match.getParent();
        part != null && part.depth() > base.depth();
        part = part.getParent()) {
      folders.add(0, part.getName());
    }
    Map<String, String> partition = new LinkedHashMap<>();
    for (String folder : folders) {
      if (folder.indexOf('=') > 0) {
        partition = HivePartition.with(partition, folder, match.toString());
      }
    }
    return partition;
  }
}
