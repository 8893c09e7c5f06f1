package dev.sigmax.job.run;

import dev.sigmax.error.Redaction;
import dev.sigmax.input.column.LogitColumns;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.WrittenFiles;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.tally.BadRowSamples;
import java.util.List;

/** Gathers the samples of bad rows that files have in their footers. */
final class SampledBadRows {
  private SampledBadRows() {}

  /** The first bad rows of each issue. */
  static List<Manifest.BadRow> in(List<WrittenFiles> written, LogitColumns columns) {
    BadRowSamples all = new BadRowSamples();
    for (WrittenFiles files : written) {
      for (Footer footer : files.footers()) {
        String samples = footer.notes().get(BadRowSamples.FOOTER_KEY);
        if (samples != null) {
          all.addText(samples);
        }
      }
    }
    return all.all().stream()
        .map(
            sample ->
                new Manifest.BadRow(
                    sample.issue(),
                    Redaction.ofFile(sample.file()),
                    sample.row(),
                    sample.culprit() < 0 ? null : columns.nameOf(sample.culprit()),
                    sample.logits(),
                    sample.values()))
        .toList();
  }
}
