package dev.sigmax.table.delta;

import dev.sigmax.testing.HaltingRun;
import dev.sigmax.testing.Shell;
import io.delta.storage.HDFSLogStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A run in a JVM of its own, which ends at once before or after its commit is in the log. */
public final class DyingRun {
  /** The catalog that the run knows. */
  static final String CATALOG = "folders";

  private static final String WHEN = "sigmax.test.dies";

  private DyingRun() {}

  /** When it ends. */
  enum When {
    BEFORE,
    AFTER
  }

  /** Our store of logs on local disks, up to a point. */
  public static final class Store extends HDFSLogStore {
    private final ExclusiveLogStore store;
    private final String when;

    /** By name, for Delta. */
    public Store(Configuration configuration) {
      super(configuration);
      store = new ExclusiveLogStore(configuration);
      when = configuration.get(WHEN);
    }

    @Override
    public void write(
        org.apache.hadoop.fs.Path path,
        Iterator<String> actions,
        Boolean overwrite,
        Configuration configuration)
        throws IOException {
      if (when.equals(When.AFTER.name())) {
        store.write(path, actions, overwrite, configuration);
      }
      Runtime.getRuntime().halt(HALTED);
    }
  }

  /** The exit code of a run that ended so. */
  static final int HALTED = 77;

  /** Runs the program to its end, whichever comes. */
  static Shell.Result await(When when, Path root, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@conf/java-options",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=conf/log4j2.properties",
                "-Dspark.sql.catalog." + CATALOG + "=" + FolderCatalog.class.getName(),
                "-Dspark.sql.catalog." + CATALOG + ".root=" + root,
                "-Dspark.hadoop.io.delta.kernel.logStore.file.impl=" + Store.class.getName(),
                "-Dspark.hadoop." + WHEN + "=" + when,
                "-cp",
                System.getProperty("java.class.path"),
                HaltingRun.class.getName(),
                "HALT",
                "0"));
    command.addAll(Arrays.asList(arguments));
    return Shell.start(command.toArray(new String[0])).await();
  }
}
