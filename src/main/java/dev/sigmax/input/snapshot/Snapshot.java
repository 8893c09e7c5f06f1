package dev.sigmax.input.snapshot;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The files of a run as they were at one moment: nothing else is read, and they must still be so
 * when the run is published.
 *
 * @param files by path
 * @param partitionColumns the names of the Hive partition columns, from the outermost folder in
 * @param skipped what lay beside them
 * @param table the table's snapshot that they are of; empty for files that were named
 */
public record Snapshot(
    List<InputFile> files,
    List<String> partitionColumns,
    List<Skipped> skipped,
    Optional<SnapshotOfTable> table) {
  /** Of files that are no table's. */
  public Snapshot(List<InputFile> files, List<String> partitionColumns, List<Skipped> skipped) {
    this(files, partitionColumns, skipped, Optional.empty());
  }

  /** The same files, as those of a table's snapshot. */
  public Snapshot of(SnapshotOfTable read) {
    return new Snapshot(files, partitionColumns, skipped, Optional.of(read));
  }

  /** All bytes together. */
  public long bytes() {
    return files.stream().mapToLong(InputFile::bytes).sum();
  }

  /** The full paths of the files, in their order. */
  public List<String> paths() {
    return files.stream().map(InputFile::path).toList();
  }

  /** The same listing, with some of its files alone. */
  public Snapshot only(Set<String> paths) {
    return new Snapshot(
        files.stream().filter(file -> paths.contains(file.path())).toList(),
        partitionColumns,
        skipped,
        table);
  }

  /** Refuses if {@code later}, taken over the same paths, is not the same. */
  public void requireUnchanged(Snapshot later) {
    Map<String, InputFile> before = byPath(files);
    Map<String, InputFile> after = byPath(later.files);
    for (InputFile file : files) {
      InputFile now = after.get(file.path());
      if (now == null) {
        throw changed(file.path(), "is gone");
      }
      if (now.bytes() != file.bytes() || now.modified() != file.modified()) {
        throw changed(file.path(), "was written to");
      }
    }
    for (InputFile file : later.files) {
      if (!before.containsKey(file.path())) {
        throw changed(file.path(), "came");
      }
    }
  }

  private static InputException changed(String path, String how) {
    return new InputException(
        ErrorName.INPUT_CHANGED,
        "the input changed while it was read: "
            + path
            + " "
            + how
            + ". Nothing is published; run again when nobody writes there.");
  }

  private static Map<String, InputFile> byPath(List<InputFile> files) {
    Objects.requireNonNull(files);
    return files.stream().collect(Collectors.toMap(InputFile::path, Function.identity()));
  }
}
