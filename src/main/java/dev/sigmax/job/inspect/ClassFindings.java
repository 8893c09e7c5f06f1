package dev.sigmax.job.inspect;

import dev.sigmax.error.Counted;
import dev.sigmax.error.FewNames;
import dev.sigmax.kernel.ArgMax;
import dev.sigmax.report.FindingKind;
import dev.sigmax.report.Inspection.Finding;
import dev.sigmax.report.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds classes whose logits do not behave like those of a class that a model has learnt. */
final class ClassFindings {
  private static final int ENOUGH_ROWS = 20;

  /** So many rows for each class, and a class that is never the largest is worth a word. */
  private static final int ROWS_A_CLASS = 50;

  private static final int MOST_NAMED = 5;

  private ClassFindings() {}

  /**
   * What there is to say.
   *
   * @param names of the logits, in order
   * @param oneOfMany whether the classes may exclude each other
   */
  static List<Finding> find(List<String> names, SampledRows rows, boolean oneOfMany) {
    List<Finding> findings = new ArrayList<>();
    if (rows.soundSize() < ENOUGH_ROWS) {
      return findings;
    }
    findings.addAll(constant(names, rows));
    findings.addAll(same(names, rows));
    if (oneOfMany && rows.classes() > 1) {
      findings.addAll(largest(names, rows));
    }
    return findings;
  }

  /** A class that is always -inf is masked, and on purpose. */
  private static List<Finding> constant(List<String> names, SampledRows rows) {
    List<String> constant = new ArrayList<>();
    for (int i = 0; i < rows.classes(); i++) {
      double[] column = rows.column(i);
      boolean same = Arrays.stream(column).allMatch(v -> v == column[0]);
      if (same && column[0] != Double.NEGATIVE_INFINITY) {
        constant.add(names.get(i) + " is " + NumberText.of(column[0]));
      }
    }
    return constant.isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                FindingKind.CONSTANT_CLASS,
                FewNames.of(constant, MOST_NAMED)
                    + " in each of "
                    + sampled(rows)
                    + ": a logit that never changes says nothing about its row. Check the export;"
                    + " leave the column out of --logits if it is no class."));
  }

  private static List<Finding> same(List<String> names, SampledRows rows) {
    Map<List<Double>, List<String>> byValues = new LinkedHashMap<>();
    for (int i = 0; i < rows.classes(); i++) {
      double[] column = rows.column(i);
      if (Arrays.stream(column).anyMatch(v -> v != column[0])) {
        byValues
            .computeIfAbsent(Arrays.stream(column).boxed().toList(), c -> new ArrayList<>())
            .add(names.get(i));
      }
    }
    return byValues.values().stream()
        .filter(twins -> twins.size() > 1)
        .limit(1)
        .map(
            twins ->
                new Finding(
                    FindingKind.SAME_VALUES,
                    FewNames.of(twins, MOST_NAMED)
                        + " have the same value in each sampled row. Softmax would count that class"
                        + " twice. Check the export."))
        .toList();
  }

  private static List<Finding> largest(List<String> names, SampledRows rows) {
    long[] times = new long[rows.classes()];
    rows.sound().forEach(row -> times[ArgMax.of(row, 0, row.length)]++);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      if (times[i] == rows.soundSize()) {
        findings.add(
            new Finding(
                FindingKind.ALWAYS_LARGEST,
                names.get(i)
                    + " is the largest logit of each of "
                    + sampled(rows)
                    + ", so every prediction would be that class. Check that the rows are not all of"
                    + " one class, and that the columns are logits of one model."));
        return findings;
      }
    }
    List<String> never =
        IntStream.range(0, times.length).filter(i -> times[i] == 0).mapToObj(names::get).toList();
    if (!never.isEmpty() && rows.soundSize() >= (long) ROWS_A_CLASS * rows.classes()) {
      findings.add(
          new Finding(
              FindingKind.NEVER_LARGEST,
              FewNames.of(never, MOST_NAMED)
                  + (never.size() == 1 ? " is" : " are")
                  + " never the largest logit in "
                  + sampled(rows)
                  + ". That is right for a rare class, or where the rows are sorted by class;"
                  + " otherwise check the export."));
    }
    return findings;
  }

  private static String sampled(SampledRows rows) {
    return Counted.of(rows.soundSize(), "sampled row");
  }
}
