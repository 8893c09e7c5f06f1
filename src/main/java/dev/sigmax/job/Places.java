package dev.sigmax.job;

import dev.sigmax.output.ObjectStore;
import dev.sigmax.refusal.UsageRefusal;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where inputs and outputs really are. */
final class Places {
  private Places() {}

  /**
   * Refuses an output on a store where it could not appear in one step, before any work is done.
   */
  static void requireServed(String output) {
    if (ObjectStore.isRefused(new Path(output))) {
      throw new UsageRefusal(
          "the output "
              + output
              + " is on a store that cannot rename a folder in one step, and none that Sigmax"
              + " publishes on by the manifest, so half of it would be seen. Publish on s3a://,"
              + " HDFS or another file system, and copy from there, the manifest last.");
    }
  }

  /** The output's full path, with its scheme. */
  static Path output(String output, Configuration configuration) {
    try {
      Path path = new Path(output);
      Path qualified = path.getFileSystem(configuration).makeQualified(path);
      if (qualified.getParent() == null) {
        throw new UsageRefusal("the output " + output + " is the root of a file system.");
      }
      if (qualified.getName().indexOf(':') >= 0) {
        throw new UsageRefusal(
            "the output " + output + " has a colon in its name, which Hadoop cannot write beside.");
      }
      return qualified;
    } catch (UsageRefusal refusal) {
      throw refusal;
    } catch (IOException | RuntimeException e) {
      // Hadoop throws either for a scheme that it has no file system for.
      throw new UsageRefusal(
          "the output "
              + output
              + " cannot be reached: "
              + e.getMessage()
              + ". Check the path, and that Spark has the file system it names.",
          e);
    }
  }

  /** Refuses an output inside an input or the other way round, links resolved. */
  static void requireApart(List<String> inputs, Path output, Configuration configuration)
      throws IOException {
    String place = resolved(output, configuration);
    for (String input : inputs) {
      Path path = new Path(input);
      FileSystem fileSystem = path.getFileSystem(configuration);
      Path qualified = fileSystem.makeQualified(path);
      FileStatus[] matches =
          fileSystem.exists(qualified)
              ? new FileStatus[] {fileSystem.getFileStatus(qualified)}
              : fileSystem.globStatus(qualified);
      if (matches == null) {
        continue;
      }
      for (FileStatus match : matches) {
        String read = resolved(match.getPath(), configuration);
        if (inside(place, read) || inside(read, place)) {
          throw new UsageRefusal(
              "the output "
                  + output
                  + " and the input "
                  + match.getPath()
                  + " lie one in the other. Name an output apart from the input.");
        }
      }
    }
  }

  private static boolean inside(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer.endsWith("/") ? outer : outer + "/");
  }

  /** The path with the links on the way to it followed; what does not exist is taken as it is. */
  private static String resolved(Path path, Configuration configuration) throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration);
    Path qualified = fileSystem.makeQualified(path);
    if (!fileSystem.getUri().getScheme().equals("file")) {
      return qualified.toString();
    }
    java.nio.file.Path local = java.nio.file.Path.of(qualified.toUri().getPath()).normalize();
    java.nio.file.Path existing = local;
    while (existing != null && !java.nio.file.Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing == null
        ? local.toString()
        : existing.toRealPath().resolve(existing.relativize(local)).normalize().toString();
  }
}
