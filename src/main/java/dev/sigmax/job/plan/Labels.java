package dev.sigmax.job.plan;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.column.LogitColumns;
import dev.sigmax.kernel.rule.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Names the probabilities of a row. */
final class Labels {
  private Labels() {}

  /**
   * One name for each probability, in logit order. A binary task has two: of the no, σ(-z), and of
   * the yes, σ(z).
   *
   * @param given what the job names; empty for what the columns say
   * @param classes how many logits a row has
   */
  static List<String> of(
      Task task, Optional<List<String>> given, LogitColumns logits, int classes) {
    List<String> labels = given.orElseGet(() -> fromColumns(logits, classes));
    if (task == Task.BINARY) {
      labels = bothTails(given.orElse(logits.classes()));
    } else if (labels.size() != classes) {
      throw new UsageException(
          ErrorName.LABELS_DO_NOT_FIT,
          (labels.size() == 1 ? "there is " : "there are ")
              + Counted.of(labels.size(), "label")
              + " for "
              + Counted.of(classes, "logit")
              + " a row. Give one for each, in logit order.");
    }
    Set<String> before = new HashSet<>();
    for (String label : labels) {
      if (!before.add(label)) {
        throw new UsageException(
            ErrorName.LABELS_DO_NOT_FIT, "two classes have the same label: " + label + ".");
      }
    }
    return List.copyOf(labels);
  }

  private static List<String> fromColumns(LogitColumns logits, int classes) {
    return logits.classes().isEmpty()
        ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
        : logits.classes();
  }

  private static List<String> bothTails(List<String> names) {
    return switch (names.size()) {
      case 0 -> List.of("0", "1");
      case 1 -> List.of("not_" + names.get(0), names.get(0));
      case 2 -> names;
      default ->
          throw new UsageException(
              ErrorName.LABELS_DO_NOT_FIT,
              "a binary task has two labels, of the no and of the yes, not " + names.size() + ".");
    };
  }
}
