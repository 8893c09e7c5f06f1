package dev.sigmax.job;

import dev.sigmax.output.Manifest;
import dev.sigmax.output.Publication;
import dev.sigmax.output.Verification;
import dev.sigmax.refusal.DifferenceRefusal;
import dev.sigmax.refusal.InputRefusal;
import dev.sigmax.refusal.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    this.spark = JobSession.open(spark);
    this.configuration = this.spark.sessionState().newHadoopConf();
    this.output = Places.output(output, configuration);
  }

  /** The manifest, when everything is as it says; else {@link DifferenceRefusal}. */
  public Manifest run() throws IOException {
    return SparkFailures.explained(output, this::verify);
  }

  private Manifest verify() throws IOException {
    Publication publication = Publication.at(output, configuration);
    if (!publication.occupied()) {
      Optional<Path> aside = publication.setAside();
      throw new InputRefusal(
          "there is no output "
              + output
              + " to verify. "
              + (aside.isEmpty()
                  ? "Check the path."
                  : "A replacement of it was cut off, or is under way; the old output is at "
                      + aside.get()
                      + ", and the command clean puts it back."));
    }
    Manifest manifest =
        publication
            .published()
            .orElseThrow(
                () ->
                    new DifferenceRefusal(
                        output + " has no manifest: it is no run of Sigmax, or a damaged one."));
    List<String> differences = new ArrayList<>(differences(manifest));
    if (!RunIdentity.fingerprintOf(manifest).equals(manifest.fingerprint())) {
      differences.add(
          "the job, the inputs or the version in the manifest are not those of its fingerprint");
    }
    if (!differences.isEmpty()) {
      throw new DifferenceRefusal(
          output
              + " is not what its manifest says:\n  "
              + String.join("\n  ", differences)
              + "\nPublish the run again with --replace, from inputs you trust.");
    }
    return manifest;
  }

  private List<String> differences(Manifest manifest) throws IOException {
    try {
      return Verification.differences(spark, output, manifest, true, configuration);
    } catch (Refusal refusal) {
      throw refusal;
    } catch (Exception e) {
      Refusal unreadable = SparkFailures.unreadable(e, output);
      if (unreadable != null) {
        throw new DifferenceRefusal(unreadable.getMessage(), e);
      }
      throw e;
    }
  }
}
