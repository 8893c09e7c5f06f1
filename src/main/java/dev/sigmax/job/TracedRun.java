package dev.sigmax.job;

import dev.sigmax.error.Counted;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.table.RunTrace;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A run by what its table knows of it. Where that is in the table, its files are read back: the
 * table has exactly those of the manifest, and they are what the manifest says.
 */
record TracedRun(SparkSession spark, Configuration configuration, String table, String runId) {
  /** The run, when everything is as it should be; else {@link DifferenceException}. */
  VerifiedInTable verified(RunTrace trace) throws IOException {
    if (trace instanceof RunTrace.Committed committed) {
      Path folder = committed.run().folder();
      Manifest manifest = manifest(folder);
      List<String> differences = differences(folder, manifest);
      differences.addAll(differences(committed.files(), folder, manifest));
      if (!manifest.fingerprint().equals(committed.run().fingerprint())) {
        differences.add("the manifest is of another run than the table's history tells of");
      }
      requireNone(differences, folder);
      return new VerifiedInTable(
          folder,
          manifest,
          "in the table "
              + table
              + " since "
              + committed.run().committedAt()
              + " ("
              + committed.run().commit()
              + (committed.lostRows()
                  ? "); since then rows of the run were deleted or overwritten, or may have been"
                  : ")"));
    }
    if (trace instanceof RunTrace.StillRead read) {
      Path folder = read.run().output();
      requireNone(differences(folder, read.run().manifest()), folder);
      return new VerifiedInTable(
          folder,
          read.run().manifest(),
          "the table " + table + " reads all of its files; its snapshot has expired");
    }
    throw notThere(trace);
  }

  private DifferenceException notThere(RunTrace trace) {
    if (trace instanceof RunTrace.RolledBack back) {
      return new DifferenceException(
          ErrorName.RUN_NOT_PUBLISHED,
          "run "
              + runId
              + " was committed to the table "
              + table
              + " at "
              + back.run().committedAt()
              + ", and its "
              + back.run().commit()
              + " was rolled back.");
    }
    if (trace instanceof RunTrace.Unclear unclear) {
      return expired(
          unclear.expiredBefore(),
          "It was prepared in " + unclear.folder() + ", of which the table reads not every file.");
    }
    if (trace instanceof RunTrace.Received received) {
      return expired(
          received.expiredBefore(),
          "The table got it"
              + received.folder().map(folder -> " from " + folder).orElse("")
              + ", and some of its files were rewritten, overwritten or deleted since.");
    }
    if (trace instanceof RunTrace.Expired expired) {
      return expired(expired.expiredBefore(), "Nothing else tells of it.");
    }
    return new DifferenceException(
        ErrorName.RUN_NOT_PUBLISHED,
        "run "
            + runId
            + " has never been in the table "
            + table
            + ": its history is whole, and has no such run.");
  }

  private DifferenceException expired(Instant before, String known) {
    return new DifferenceException(
        ErrorName.RUN_EXPIRED,
        "whether run "
            + runId
            + " is in the table "
            + table
            + " cannot be told: the snapshots before "
            + before
            + " have expired. "
            + known);
  }

  private Manifest manifest(Path folder) throws IOException {
    return ManifestFile.readPrepared(folder, configuration)
        .orElseThrow(
            () ->
                new DifferenceException(
                    ErrorName.MANIFEST_DAMAGED,
                    "run "
                        + runId
                        + " is in the table "
                        + table
                        + ", and its manifest is gone from "
                        + folder
                        + "."));
  }

  private List<String> differences(Path folder, Manifest manifest) throws IOException {
    return VerifyJob.differences(RunSession.open(spark), folder, manifest, configuration);
  }

  /** What the snapshot added, held against the manifest; files without rows were not added. */
  private static List<String> differences(
      List<Manifest.PartFile> added, Path folder, Manifest manifest) {
    Map<String, Manifest.PartFile> parts = new HashMap<>();
    for (Manifest.PartFile part : manifest.output().files()) {
      if (part.rows() > 0) {
        parts.put(new Path(folder, part.path()).toUri().getPath(), part);
      }
    }
    List<String> differences = new ArrayList<>();
    for (Manifest.PartFile file : added) {
      Manifest.PartFile part = parts.remove(new Path(file.path()).toUri().getPath());
      if (part == null) {
        differences.add("the snapshot has the file " + file.path() + ", the manifest has not");
      } else if (part.rows() != file.rows() || part.bytes() != file.bytes()) {
        differences.add(
            "the snapshot has "
                + file.path()
                + " with "
                + Counted.of(file.rows(), "row")
                + " and "
                + Counted.of(file.bytes(), "byte")
                + ", the manifest with "
                + part.rows()
                + " and "
                + part.bytes());
      }
    }
    parts.keySet().forEach(path -> differences.add("the snapshot lacks the file " + path));
    return differences;
  }

  private void requireNone(List<String> differences, Path folder) {
    if (!differences.isEmpty()) {
      throw new DifferenceException(
          ErrorName.OUTPUT_DAMAGED,
          "run "
              + runId
              + " in the table "
              + table
              + " is not what its manifest in "
              + folder
              + " says:\n  "
              + String.join("\n  ", differences));
    }
  }
}
