package dev.sigmax.job;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.input.Preflight;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.inspect.InspectedTable;
import dev.sigmax.job.inspect.WrittenJobFile;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.parquet.footer.Footers;
import dev.sigmax.report.FindingKind;
import dev.sigmax.report.Inspection;
import dev.sigmax.report.Inspection.Draft;
import dev.sigmax.report.Inspection.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Tells what an input holds, from its footers and a sample, and what a job could make of it. Needs
 * no session.
 */
public final class InspectJob {
  private final Configuration configuration;
  private final List<String> inputs;

  /** An inspection of {@code inputs}, paths and globs. */
  public InspectJob(Configuration configuration, List<String> inputs) {
    this.configuration = configuration;
    this.inputs = List.copyOf(inputs);
  }

  /**
   * What there is to say.
   *
   * @param unreadable set where a file cannot be read at all
   */
  public record Inspected(
      Inspection inspection, Optional<InputException> unreadable, Snapshot snapshot) {}

  /** Looks at the input. */
  public Inspected run() {
    Snapshot snapshot = SnapshotReader.read(inputs, configuration);
    List<Footer> footers = Footers.read(snapshot.paths(), configuration);
    Optional<InputException> unreadable =
        footers.stream()
            .filter(footer -> !footer.readable())
            .findFirst()
            .map(Preflight::unreadable);
    return new Inspected(
        new InspectedTable(configuration, snapshot, footers, inputs).inspection(),
        unreadable,
        snapshot);
  }

  /** Looks at the input and writes the job file that comes of it. */
  public Inspected runAndWrite(WrittenJobFile file) throws IOException {
    file.requireWritable(inputs);
    Inspected inspected = run();
    if (inspected.unreadable().isPresent()) {
      return inspected;
    }
    Draft job = inspected.inspection().job().orElseThrow(() -> noJob(inspected.inspection()));
    file.write(job, inputs, inspected.snapshot(), configuration);
    return inspected;
  }

  private static InputException noJob(Inspection inspection) {
    String why =
        inspection.findings().stream()
            .filter(
                finding ->
                    finding.kind() == FindingKind.REFUSED || finding.kind() == FindingKind.NO_JOB)
            .map(Finding::sentence)
            .findFirst()
            .orElse(
                "no columns look like logits. Write a job file by hand, and name them there as logits.");
    return new InputException(
        ErrorName.NO_JOB_FOUND, "no job file is written, as no job fits the input: " + why);
  }
}
