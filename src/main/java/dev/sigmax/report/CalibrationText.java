package dev.sigmax.report;

import dev.sigmax.error.Counted;
import dev.sigmax.error.FewNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A calibration for a terminal: its values, and the loss with and without it. */
public final class CalibrationText {
  private static final String LABELS = "labels";
  private static final int MOST = 40;

  private CalibrationText() {}

  /**
   * The mean losses.
   *
   * @param before without the calibration
   * @param after with it, on the rows that it was fitted to
   * @param heldOut with calibrations fitted without the row
   * @param standardError of {@code before - heldOut}
   */
  public record Losses(
      double before, double after, double heldOut, double standardError, int folds) {}

  /**
   * The whole of it.
   *
   * @param values by name: single ones, and lists of one for each label or logit
   * @param fitted how many of the rows it was fitted to
   * @param uncalibrated labels whose logits stay as they are; may be empty
   */
  public static String of(
      String source,
      Map<String, Object> values,
      long rows,
      long fitted,
      List<String> uncalibrated,
      Losses losses) {
    StringBuilder text = new StringBuilder(source).append('\n');
    TextTable single =
        new TextTable()
            .row("rows", count(rows))
            .row("fitted to", count(fitted) + (fitted < rows ? ", the others left out" : ""));
    if (!uncalibrated.isEmpty()) {
      single.row("uncalibrated", FewNames.of(uncalibrated) + ", as asked for");
    }
    values.forEach(
        (name, value) -> {
          if (!(value instanceof List)) {
            single.row(name, value instanceof Double number ? number(number) : value);
          }
        });
    text.append(single.text("  "));
    lists(text, values);
    double gain = losses.before() - losses.heldOut();
    text.append("\nmean loss, nats\n")
        .append(
            new TextTable()
                .row("", "before", "after")
                .row("rows it was fitted to", number(losses.before()), number(losses.after()))
                .row(
                    "rows held out, " + Counted.of(losses.folds(), "fold"),
                    number(losses.before()),
                    number(losses.heldOut()))
                .text("  "))
        .append("  held out it is ")
        .append(gain == 0 ? "the same" : (gain > 0 ? "lower" : "higher") + " by ")
        .append(gain == 0 ? "" : number(Math.abs(gain)))
        .append(", standard error ")
        .append(number(losses.standardError()));
    if (gain > 0 && gain < 2 * losses.standardError()) {
      text.append("; within two of them it may be chance");
    }
    return text.append('\n').toString();
  }

  private static void lists(StringBuilder text, Map<String, Object> values) {
    List<String> names =
        values.entrySet().stream()
            .filter(entry -> entry.getValue() instanceof List && !entry.getKey().equals(LABELS))
            .map(Map.Entry::getKey)
            .toList();
    if (names.isEmpty()) {
      return;
    }
    List<?> labels = (List<?>) values.get(LABELS);
    int logits = ((List<?>) values.get(names.get(0))).size();
    TextTable table = new TextTable();
    Object[] head = new Object[names.size() + 1];
    head[0] = "label";
    for (int i = 0; i < names.size(); i++) {
      head[i + 1] = names.get(i);
    }
    table.row(head);
    for (int logit = 0; logit < Math.min(logits, MOST); logit++) {
      Object[] row = new Object[names.size() + 1];
      // Of a binary task the only logit is that of the second label.
      row[0] = labels.get(labels.size() - logits + logit);
      for (int i = 0; i < names.size(); i++) {
        row[i + 1] = number((Double) ((List<?>) values.get(names.get(i))).get(logit));
      }
      table.row(row);
    }
    text.append('\n').append(table.text("  "));
    if (logits > MOST) {
      text.append("  and ").append(logits - MOST).append(" more: the file has all\n");
    }
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }
}
