package dev.sigmax.job.inspect;

import dev.sigmax.error.SigmaxException;
import dev.sigmax.input.column.LogitProposals;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.report.FindingKind;
import dev.sigmax.report.Inspection;
import dev.sigmax.report.Inspection.Draft;
import dev.sigmax.report.Inspection.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The files of an input, looked at as one table. */
public final class InspectedTable {
  private final Configuration configuration;
  private final Snapshot snapshot;
  private final List<Footer> footers;
  private final List<String> inputs;
  private final FooterFacts facts;

  /** The files of {@code inputs}, paths and globs as a person named them. */
  public InspectedTable(
      Configuration configuration, Snapshot snapshot, List<Footer> footers, List<String> inputs) {
    this.configuration = configuration;
    this.snapshot = snapshot;
    this.footers = footers;
    this.inputs = inputs;
    this.facts = new FooterFacts(snapshot, footers);
  }

  /** What there is to say of it. Where a file cannot be read, nothing is said of its columns. */
  public Inspection inspection() {
    List<Finding> findings = new ArrayList<>();
    for (Footer footer : footers) {
      if (!footer.readable()) {
        findings.add(
            new Finding(FindingKind.UNREADABLE, footer.path() + ": " + footer.problem().text()));
      }
    }
    if (findings.isEmpty()) {
      noRows().ifPresent(findings::add);
    }
    if (footers.isEmpty() || footers.stream().anyMatch(footer -> !footer.readable())) {
      return new Inspection(
          facts.files(), List.of(), facts.differences(), List.of(), findings, Optional.empty());
    }
    List<Candidates.Examined> examined = examine(findings);
    Optional<Candidates.Examined> likely = examined.stream().findFirst();
    likely.ifPresent(first -> findings.addAll(first.findings()));
    findings.addAll(
        facts.findings(likely.map(first -> first.table().logits().columns()).orElse(List.of())));
    Optional<Draft> job = likely.flatMap(first -> draft(examined, findings));
    return new Inspection(
        facts.files(),
        facts.columns(),
        facts.differences(),
        examined.stream().map(Candidates.Examined::candidate).toList(),
        findings,
        job);
  }

  /** An empty input is fine to score, and seldom what a person looks for. */
  private Optional<Finding> noRows() {
    return footers.stream().anyMatch(footer -> footer.rows() > 0)
        ? Optional.empty()
        : Optional.of(
            new Finding(
                FindingKind.NO_ROWS,
                "the input has no "
                    + (footers.isEmpty() ? "files" : "rows")
                    + ": score would publish an empty output. Check the path."));
  }

  /** The candidates, those last that have been through a softmax or a sigmoid. */
  private List<Candidates.Examined> examine(List<Finding> findings) {
    Candidates candidates = new Candidates(configuration, snapshot, footers, facts);
    List<Candidates.Examined> examined = new ArrayList<>();
    for (String logits : LogitProposals.of(footers.get(0).schema())) {
      try {
        examined.add(candidates.examine(logits));
      } catch (SigmaxException explained) {
        findings.add(new Finding(FindingKind.REFUSED, explained.getMessage()));
      }
    }
    examined.sort(Comparator.comparing(Candidates.Examined::scored));
    return examined;
  }

  private Optional<Draft> draft(List<Candidates.Examined> examined, List<Finding> findings) {
    try {
      return Optional.of(JobDraft.of(configuration, snapshot, footers, facts, examined, inputs));
    } catch (SigmaxException refused) {
      findings.add(new Finding(FindingKind.NO_JOB, refused.getMessage()));
      return Optional.empty();
    }
  }
}
