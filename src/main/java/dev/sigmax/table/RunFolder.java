package dev.sigmax.table;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.output.FolderListing;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.PublishedRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of runs among a table's data. */
public final class RunFolder {
  /** What their names begin with. */
  public static final String START = "sigmax-";

  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final int DIGITS = 16;

  private RunFolder() {}

  /** What the name of a run's folder begins with. */
  public static String start(String fingerprint) {
    return START + fingerprint.substring(0, DIGITS) + "-";
  }

  /**
   * Runs that were prepared, whether or not the table ever named their files. Damaged manifests are
   * left out, with a word in the log.
   *
   * @param start what the names of their folders begin with
   */
  public static List<PublishedRuns.Run> prepared(
      Path data, String start, Configuration configuration) throws IOException {
    List<PublishedRuns.Run> runs = new ArrayList<>();
    for (FileStatus child : FolderListing.of(data, configuration)) {
      if (child.isDirectory() && child.getPath().getName().startsWith(start)) {
        try {
          ManifestFile.readPrepared(child.getPath(), configuration)
              .ifPresent(manifest -> runs.add(new PublishedRuns.Run(child.getPath(), manifest)));
        } catch (DifferenceException damaged) {
          LOG.warn("Left out: {}", damaged.getMessage());
        }
      }
    }
    return runs;
  }
}
