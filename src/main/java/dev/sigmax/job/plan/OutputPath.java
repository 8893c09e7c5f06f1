package dev.sigmax.job.plan;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.Outage;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.files.LocalFiles;
import dev.sigmax.input.snapshot.InputGlob;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.output.ObjectStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where inputs and outputs really are. */
public final class OutputPath {
  private OutputPath() {}

  /**
   * Refuses an output on a store where it could not appear in one step, before any work is done.
   */
  public static void requireServed(String output) {
    if (ObjectStore.isRefused(path(output))) {
      throw new UsageException(
          ErrorName.OUTPUT_STORE_NOT_SERVED,
          "the output "
              + output
              + " is on a store that cannot rename a folder in one step, and none that Sigmax"
              + " publishes on by the manifest, so half of it would be seen. Publish on s3a://,"
              + " HDFS or another file system, and copy from there, the manifest last.");
    }
  }

  private static Path path(String output) {
    try {
      return new Path(output);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          ErrorName.OUTPUT_PATH,
          "the output " + output + " is no path: " + e.getMessage() + ". Check it.",
          e);
    }
  }

  /** The output's full path, with its scheme. */
  public static Path output(String output, Configuration configuration) {
    return reached(
        output,
        configuration,
        (fileSystem, path) -> {
          // Not every locale can express every name; then this throws.
          boolean root =
              LocalDisk.is(fileSystem)
                  ? LocalFiles.path(path).getParent() == null
                  : path.getParent() == null;
          if (root) {
            throw new UsageException(
                ErrorName.OUTPUT_PATH, "the output " + output + " is the root of a file system.");
          }
          if (path.getName().indexOf(':') >= 0) {
            throw new UsageException(
                ErrorName.OUTPUT_PATH,
                "the output "
                    + output
                    + " has a colon in its name, which Hadoop cannot write beside.");
          }
        });
  }

  /** The full path of a folder that outputs lie in, with its scheme. */
  public static Path folderOfOutputs(String folder, Configuration configuration) {
    return reached(folder, configuration, (fileSystem, path) -> {});
  }

  /**
   * Where an output is, links on the way to it followed: two names of one output have one place.
   */
  public static String place(String output, Configuration configuration) {
    Path path = output(output, configuration);
    try {
      return resolved(path, configuration);
    } catch (IOException e) {
      throw unreached(output, e);
    }
  }

  private static Path reached(
      String output, Configuration configuration, BiConsumer<FileSystem, Path> check) {
    try {
      Path path = path(output);
      FileSystem fileSystem = path.getFileSystem(configuration);
      Path qualified = fileSystem.makeQualified(path);
      check.accept(fileSystem, qualified);
      return qualified;
    } catch (UsageException explained) {
      throw explained;
    } catch (IOException | RuntimeException e) {
      // Hadoop throws either for a scheme that it has no file system for.
      throw unreached(output, e);
    }
  }

  private static SigmaxException unreached(String output, Exception failure) {
    String what = "the output " + output + " cannot be reached";
    return Outage.explain(what, failure)
        .<SigmaxException>map(outage -> outage)
        .orElseGet(
            () ->
                new UsageException(
                    ErrorName.OUTPUT_PATH,
                    what
                        + ": "
                        + failure.getMessage()
                        + ". Check the path, and that Spark has the file system it names.",
                    failure));
  }

  /** Refuses an output inside an input or the other way round, links resolved. */
  public static void requireApart(
      List<String> inputs, Snapshot snapshot, Path output, Configuration configuration)
      throws IOException {
    String place = resolved(output, configuration);
    Set<Path> named = new HashSet<>();
    for (String input : inputs) {
      Path path = new Path(input);
      FileSystem fileSystem = path.getFileSystem(configuration);
      for (FileStatus match : InputGlob.of(fileSystem, path).matches()) {
        requireApart(match.getPath(), place, output, configuration);
        if (match.isDirectory()) {
          named.add(match.getPath());
        }
      }
    }
    // A link below a folder that is read may lead to where the output will be.
    Set<Path> folders = new LinkedHashSet<>();
    snapshot.files().forEach(file -> folders.add(file.status().getPath().getParent()));
    for (Path folder : folders) {
      if (isBelow(folder, named)) {
        requireApart(folder, place, output, configuration);
      }
    }
  }

  private static boolean isBelow(Path folder, Set<Path> named) {
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      if (named.contains(above)) {
        return true;
      }
    }
    return false;
  }

  private static void requireApart(
      Path input, String place, Path output, Configuration configuration) throws IOException {
    String read = resolved(input, configuration);
    if (inside(place, read) || inside(read, place)) {
      throw new UsageException(
          ErrorName.OUTPUT_INSIDE_INPUT,
          "the output "
              + output
              + " and the input "
              + input
              + " lie one in the other. Name an output apart from the input.");
    }
  }

  private static boolean inside(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer.endsWith("/") ? outer : outer + "/");
  }

  /** The path with the links on the way to it followed; what does not exist is taken as it is. */
  private static String resolved(Path path, Configuration configuration) throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration);
    Path qualified = fileSystem.makeQualified(path);
    if (!LocalDisk.is(fileSystem)) {
      return qualified.toString();
    }
    java.nio.file.Path local = LocalFiles.path(qualified).normalize();
    java.nio.file.Path existing = local;
    while (existing != null && !java.nio.file.Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing == null
        ? local.toString()
        : existing.toRealPath().resolve(existing.relativize(local)).normalize().toString();
  }
}
