package dev.sigmax.table.delta;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.Outage;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.DeltaHistoryManager;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The log of a table.
 *
 * @param table the table's name
 * @param location the table's folder, with its file system
 */
record DeltaLog(String table, String location, Configuration configuration, Engine engine) {
  private static final Pattern COMMIT = Pattern.compile("(\\d{20})[.]json");

  static DeltaLog at(String table, String location, Configuration configuration) {
    // The Kernel writes paths within the table's folder only where both name their file system.
    Path qualified =
        new Path(location)
            .makeQualified(FileSystem.getDefaultUri(configuration), new Path(Path.SEPARATOR));
    return new DeltaLog(
        table,
        qualified.toString(),
        configuration,
        DefaultEngine.create(new LogFiles(configuration)));
  }

  /** The table as it is now; refused where the Kernel does not know what the table needs. */
  Snapshot snapshot() {
    try {
      return TableManager.loadSnapshot(location).build(engine);
    } catch (KernelException unknown) {
      throw new OutputException(
          ErrorName.TABLE_NOT_SERVED,
          "the table " + table + " cannot be opened: " + unknown.getMessage(),
          unknown);
    } catch (RuntimeException e) {
      String what = "the log of the table " + table + " cannot be read";
      throw Outage.explain(what, e)
          .<SigmaxException>map(outage -> outage)
          .or(() -> Denial.explain(what, e))
          .orElseThrow(() -> e);
    }
  }

  /** The first version that can still be read. */
  Snapshot firstReadable() {
    long first =
        DeltaHistoryManager.getEarliestRecreatableCommit(
            engine,
            new io.delta.kernel.internal.fs.Path(location + "/_delta_log"),
            Optional.empty());
    return TableManager.loadSnapshot(location).atVersion(first).build(engine);
  }

  /** Where a file is that the log names: within the table's folder, or anywhere else. */
  String resolve(String path) {
    return new Path(new Path(location), new Path(URI.create(path))).toString();
  }

  /**
   * The first version that the log has as a commit. Earlier ones are removed once a checkpoint says
   * what they came to.
   */
  long firstVersion() throws IOException {
    Path log = new Path(location, "_delta_log");
    LongStream.Builder versions = LongStream.builder();
    for (FileStatus file : log.getFileSystem(configuration).listStatus(log)) {
      Matcher name = COMMIT.matcher(file.getPath().getName());
      if (name.matches()) {
        versions.add(Long.parseLong(name.group(1)));
      }
    }
    OptionalLong first = versions.build().min();
    return first.orElseThrow(
        () ->
            new OutputException(
                ErrorName.TABLE_NOT_SERVED, "the log of the table " + table + " has no commit."));
  }
}
