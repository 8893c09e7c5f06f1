package dev.sigmax.ml;

import dev.sigmax.kernel.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a model's raw prediction is made of. It cannot be told from the numbers. */
enum RawLayout {
  /** One number, the log-odds of class 1. */
  MARGIN("margin"),
  /** (-m, m), m the log-odds of class 1: LogisticRegression of two classes. */
  PAIR("pair"),
  /** (-m, m), m half of the log-odds of class 1: GBTClassifier. */
  DOUBLED_MARGIN("doubledMargin"),
  /** One logit for each class or label. */
  PER_CLASS("perClass");

  private final String value;

  RawLayout(String value) {
    this.value = value;
  }

  String value() {
    return value;
  }

  /** The task that raw predictions in this layout are for, where none is set. */
  Task usualTask() {
    return this == PER_CLASS ? Task.MULTICLASS : Task.BINARY;
  }

  boolean fits(Task task) {
    return (this == PER_CLASS) == (task != Task.BINARY);
  }

  static Optional<RawLayout> of(String value) {
    return Arrays.stream(values()).filter(layout -> layout.value.equals(value)).findFirst();
  }

  static List<String> all() {
    return Arrays.stream(values()).map(RawLayout::value).toList();
  }
}
