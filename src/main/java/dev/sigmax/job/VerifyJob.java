package dev.sigmax.job;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UserException;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.EffectiveJob;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.output.FolderListing;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.Verification;
import dev.sigmax.output.publish.Publication;
import dev.sigmax.spark.SessionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Reads a published run back from disk and holds it against its manifest. */
public final class VerifyJob {
  private final SparkSession spark;
  private final Configuration configuration;
  private final Path output;

  /** A verification of the run at {@code output}. */
  public VerifyJob(SparkSession spark, String output) {
    this.spark = RunSession.open(spark);
    this.configuration = SessionSettings.hadoop(this.spark);
    this.output = OutputPath.output(output, configuration);
  }

  /** The manifest, when everything is as it says; else {@link DifferenceException}. */
  public Manifest run() throws IOException {
    return FailureExplainer.explained(
        output, () -> new SettledOutput(output, configuration).at(this::verify));
  }

  private Manifest verify(Optional<Manifest> published) throws IOException {
    if (published.isEmpty()) {
      throw notPublished();
    }
    Manifest manifest = published.get();
    List<String> differences = differences(spark, output, manifest, configuration);
    if (!differences.isEmpty()) {
      throw new DifferenceException(
          ErrorName.OUTPUT_DAMAGED,
          output
              + " is not what its manifest says:\n  "
              + String.join("\n  ", differences)
              + "\n"
              + ManifestFile.repair(output)
              + " Take inputs that you trust.");
    }
    return manifest;
  }

  private UserException notPublished() throws IOException {
    Publication publication = Publication.at(output, configuration);
    if (!publication.occupied()) {
      return notFound(Publication.whereItIs(output, publication.setAside()));
    }
    List<String> names =
        Stream.of(FolderListing.of(output, configuration))
            .map(child -> child.getPath().getName())
            .toList();
    if (names.stream().allMatch(name -> name.startsWith("."))) {
      return notFound(
          names.isEmpty()
              ? "The folder is empty."
              : "The folder has hidden files alone, such as attempts that are under way or were cut"
                  + " off; the command clean removes those.");
    }
    return ManifestFile.readPrepared(output, configuration)
        .flatMap(prepared -> EffectiveJob.table(prepared.job()).map(table -> of(prepared, table)))
        .orElseGet(
            () ->
                new DifferenceException(
                    ErrorName.MANIFEST_DAMAGED,
                    output + " has no manifest: it is no run of Sigmax, or a damaged one."));
  }

  private InputException notFound(String what) {
    return new InputException(
        ErrorName.OUTPUT_NOT_FOUND, "there is no output " + output + " to verify. " + what);
  }

  private DifferenceException of(Manifest prepared, String table) {
    return new DifferenceException(
        ErrorName.RUN_NOT_PUBLISHED,
        output
            + " holds run "
            + prepared.runId()
            + " as it was prepared for the table "
            + table
            + ". Whether it was committed, verify --table tells.");
  }

  /**
   * How a run's folder differs from its manifest, and the manifest from its fingerprint and from
   * what a manifest says.
   */
  static List<String> differences(
      SparkSession session, Path folder, Manifest manifest, Configuration configuration)
      throws IOException {
    List<String> differences = new ArrayList<>(readBack(session, folder, manifest, configuration));
    if (!RunIdentity.fingerprintOf(manifest).equals(manifest.fingerprint())) {
      differences.add(
          "the job, the inputs or the version in the manifest are not those of its fingerprint");
    }
    if (!new PublishedRuns.Run(folder, manifest).saysWhen()) {
      differences.add(
          "the manifest says no time at which the run was published, but "
              + manifest.publishedAt());
    }
    return differences;
  }

  private static List<String> readBack(
      SparkSession session, Path folder, Manifest manifest, Configuration configuration)
      throws IOException {
    try {
      return Verification.differences(session, folder, manifest, true, configuration);
    } catch (SigmaxException explained) {
      throw explained;
    } catch (Exception e) {
      SigmaxException unreadable = FailureExplainer.unreadable(e, folder);
      if (unreadable != null) {
        throw new DifferenceException(ErrorName.OUTPUT_DAMAGED, unreadable.getMessage(), e);
      }
      throw e;
    }
  }
}
