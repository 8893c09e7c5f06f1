package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.ManifestFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Removes an attempt from its output's own place on a store without renames, or finds that it has
 * published.
 *
 * <p>Who removes writes a mark first, which the store creates once only, and looks for the manifest
 * then. Who publishes writes the manifest first, and looks for the mark and for the claim then. So
 * one of the two sees the other: where the removal does not see the manifest, the run sees the mark
 * until the claim is gone, and is not told as published. The claim goes when all else is gone,
 * since it keeps other runs out, and the mark behind it. A mark that outlives its process stays
 * until somebody decides that it is dead.
 */
final class AttemptRemoval {
  /** How a removal ended. */
  enum End {
    REMOVED,
    /** Nothing is removed: the run counts. */
    PUBLISHED,
    /** Nothing is removed: another removal is at it, or another run has the place by now. */
    ANOTHERS
  }

  private static final String MARK = "removal.txt";

  /** What is written meanwhile, by tasks that do not know yet, is found by the next look. */
  private static final int MOST_LOOKS = 5;

  private final FileSystem fileSystem;
  private final Path output;
  private final Path own;
  private final Path mark;
  private final Path claim;
  private final byte[] text;

  AttemptRemoval(FileSystem fileSystem, Path output) {
    this.fileSystem = fileSystem;
    this.output = output;
    this.own = new Path(output, ManifestFile.FOLDER);
    this.mark = markIn(output);
    this.claim = ClaimedOutput.pathIn(output);
    this.text =
        ("begun at " + Instant.now() + ", " + UUID.randomUUID() + "\n")
            .getBytes(StandardCharsets.UTF_8);
  }

  /** Where the mark is while a removal is under way, or when it was cut off. */
  static Path markIn(Path output) {
    return new Path(new Path(output, ManifestFile.FOLDER), MARK);
  }

  /**
   * Removes the attempt.
   *
   * @param holder the claim of the attempt that is meant; empty where a removal was cut off when
   *     nothing but its mark was left
   * @param evenIfMarked whether a mark that is there is that of a removal that is dead
   * @throws IOException where it is not done; the mark then stays
   */
  End run(Optional<byte[]> holder, boolean evenIfMarked) throws IOException {
    if (!mark(evenIfMarked)) {
      return End.ANOTHERS;
    }
    boolean held = holder.isPresent();
    Optional<byte[]> now = ClaimedOutput.claimOf(fileSystem, output);
    if (held != now.isPresent() || (held && !Arrays.equals(holder.get(), now.get()))) {
      fileSystem.delete(mark, false);
      return End.ANOTHERS;
    }
    if (fileSystem.exists(ManifestFile.pathIn(output))) {
      fileSystem.delete(mark, false);
      return End.PUBLISHED;
    }
    if (held) {
      removeAllElse(holder.get());
      requireStillMine(holder.get());
      fileSystem.delete(claim, false);
    }
    fileSystem.delete(mark, false);
    EmptyFolder.remove(fileSystem, own);
    EmptyFolder.remove(fileSystem, output);
    return End.REMOVED;
  }

  private boolean mark(boolean evenIfMarked) throws IOException {
    if (!fileSystem.hasPathCapability(mark, CreateOnceFile.CAPABILITY)) {
      // No run begins here without that, so what is left is of another Spark, and nobody races.
      overwriteMark();
      return true;
    }
    try {
      CreateOnceFile.create(fileSystem, mark, text);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (evenIfMarked) {
        overwriteMark();
      }
      return evenIfMarked;
    }
  }

  /** The mark is then this removal's, and one that was only slow sees that it is not its own. */
  private void overwriteMark() throws IOException {
    try (OutputStream out = fileSystem.createFile(mark).overwrite(true).recursive().build()) {
      out.write(text);
    }
  }

  private void requireStillMine(byte[] holder) throws IOException {
    if (!is(CreateOnceFile.contentOf(fileSystem, mark), text)
        || !is(ClaimedOutput.claimOf(fileSystem, output), holder)) {
      throw new OutputException(
          ErrorName.ATTEMPT_NOT_REMOVED,
          "another command cleans "
              + output
              + " too, and goes on with it. Look again with the command clean.");
    }
  }

  private static boolean is(Optional<byte[]> content, byte[] expected) {
    return content.filter(bytes -> Arrays.equals(bytes, expected)).isPresent();
  }

  /** All but claim and mark: also a manifest that came behind the look for it, which counts not. */
  private void removeAllElse(byte[] holder) throws IOException {
    for (int looks = 1; ; looks++) {
      List<FileStatus> left = new ArrayList<>(in(output, own));
      left.addAll(in(own, claim, mark));
      if (left.isEmpty()) {
        return;
      }
      if (looks > MOST_LOOKS) {
        throw new OutputException(
            ErrorName.ATTEMPT_NOT_REMOVED,
            "cannot remove the attempt "
                + output
                + ": something still writes there, such as "
                + left.get(0).getPath()
                + ". End the run, and take the command clean again.");
      }
      requireStillMine(holder);
      removeFiles(left.stream().filter(FileStatus::isFile).map(FileStatus::getPath).toList());
      for (FileStatus folder : left) {
        if (folder.isDirectory()) {
          fileSystem.delete(folder.getPath(), true);
        }
      }
    }
  }

  private List<FileStatus> in(Path folder, Path... kept) throws IOException {
    Set<String> names = Arrays.stream(kept).map(Path::getName).collect(Collectors.toSet());
    try {
      return Arrays.stream(fileSystem.listStatus(folder))
          .filter(status -> !names.contains(status.getPath().getName()))
          .toList();
    } catch (FileNotFoundException none) {
      return List.of();
    }
  }

  /** A request for many of them at once, where the store has that. */
  private void removeFiles(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    try (BulkDelete removal = fileSystem.createBulkDelete(output)) {
      int page = removal.pageSize();
      for (int from = 0; from < files.size(); from += page) {
        List<Map.Entry<Path, String>> failed =
            removal.bulkDelete(files.subList(from, Math.min(from + page, files.size())));
        if (!failed.isEmpty()) {
          throw new IOException(failed.get(0).getKey() + ": " + failed.get(0).getValue());
        }
      }
    }
  }
}
