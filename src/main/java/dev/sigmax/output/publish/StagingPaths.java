package dev.sigmax.output.publish;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The hidden folders beside an output that belong to it: attempts under way or abandoned, an old
 * output that makes room for a new one, and what is being removed. Readers look at none of them.
 */
final class StagingPaths {
  private static final String STAGING = ".sigmax-staging-";
  private static final String REPLACED = ".sigmax-replaced-";
  private static final String TRASH = ".sigmax-trash-";

  /** How many bytes longer than an output's name theirs are, at most. */
  static final int ADDED_BYTES =
      ".".length() + Math.max(STAGING.length(), REPLACED.length()) + Staging.ATTEMPT_LENGTH;

  private StagingPaths() {}

  static Path staging(Path output, String attempt) {
    return sibling(output, STAGING, attempt);
  }

  static Path replaced(Path output, String attempt) {
    return sibling(output, REPLACED, attempt);
  }

  /** The name under which one of these folders is removed, and never put back. */
  static Path trashOf(Path folder) {
    String name = folder.getName().replace(STAGING, TRASH).replace(REPLACED, TRASH);
    return new Path(folder.getParent(), name);
  }

  /** The name of the output that one of these folders is for; any other folder's own name. */
  static String publishedName(Path folder) {
    String name = folder.getName();
    for (String kind : List.of(STAGING, REPLACED, TRASH)) {
      int end = name.indexOf(kind);
      if (name.startsWith(".") && end > 0) {
        return name.substring(1, end);
      }
    }
    return name;
  }

  /** Whether a folder is an old output that a replacement has set aside. */
  static boolean isReplaced(Path folder) {
    String name = folder.getName();
    return name.startsWith(".") && name.indexOf(REPLACED) > 0;
  }

  static List<Path> allTrash(FileSystem fileSystem, Path output) throws IOException {
    return all(fileSystem, output, TRASH);
  }

  static List<Path> allStaging(FileSystem fileSystem, Path output) throws IOException {
    return all(fileSystem, output, STAGING);
  }

  static List<Path> allReplaced(FileSystem fileSystem, Path output) throws IOException {
    return all(fileSystem, output, REPLACED);
  }

  private static Path sibling(Path output, String kind, String attempt) {
    return new Path(output.getParent(), "." + output.getName() + kind + attempt);
  }

  private static List<Path> all(FileSystem fileSystem, Path output, String kind)
      throws IOException {
    String start = "." + output.getName() + kind;
    List<Path> found = new ArrayList<>();
    try {
      for (FileStatus status :
          fileSystem.listStatus(output.getParent(), path -> path.getName().startsWith(start))) {
        if (status.isDirectory()) {
          found.add(status.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return found;
  }
}
