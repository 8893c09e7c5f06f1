package dev.sigmax.job.inspect;

import dev.sigmax.error.Counted;
import dev.sigmax.report.FindingKind;
import dev.sigmax.report.Inspection.Candidate;
import dev.sigmax.report.Inspection.Finding;
import dev.sigmax.report.Inspection.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds values that cannot be scored, and rows of different lengths. */
final class ValueFindings {
  private static final String POLICY =
      " A run ends there unless --on-bad-row says quarantine or null.";

  private ValueFindings() {}

  static List<Finding> find(Candidate candidate) {
    Sample sample = candidate.sample();
    List<Finding> findings = new ArrayList<>();
    if (sample.nulls() > 0) {
      findings.add(
          new Finding(
              FindingKind.NULLS,
              candidate.logits() + " " + counted(sample.nulls(), "null", sample) + "." + POLICY));
    }
    if (sample.nan() > 0) {
      findings.add(
          new Finding(
              FindingKind.NAN,
              candidate.logits()
                  + " "
                  + counted(sample.nan(), "NaN", sample)
                  + ": the model or the export failed on those rows."
                  + POLICY));
    }
    if (sample.positiveInfinities() > 0 && candidate.classes() > 1) {
      findings.add(
          new Finding(
              FindingKind.INFINITE,
              candidate.logits()
                  + " "
                  + counted(sample.positiveInfinities(), "+inf", sample)
                  + ": softmax has no value there. --non-finite limit gives such a class 1."
                  + POLICY));
    }
    if (sample.lengths().size() > 1) {
      findings.add(
          new Finding(
              FindingKind.LENGTHS_DIFFER,
              "the arrays in "
                  + candidate.logits()
                  + " differ in length; sampled rows by length: "
                  + sample.lengths()
                  + ". Say how many logits a row has with --classes; other rows are bad rows."));
    }
    return findings;
  }

  private static String counted(long count, String what, Sample sample) {
    return String.format(
        Locale.ROOT,
        "%s %,d %s in %s",
        count == 1 ? "holds" : "hold",
        count,
        what,
        Counted.of(sample.rows(), "sampled row"));
  }
}
