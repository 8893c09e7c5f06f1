package dev.sigmax.kernel.rule;

/** What the numbers of a row are, before any softmax or sigmoid. */
public enum RawLayout {
  /** One number, the log-odds of the yes. */
  MARGIN("a single margin, the log-odds of the yes"),
  /** Two numbers, -m and m, where m is the log-odds. */
  PAIR("pairs (-m, m) of a margin"),
  /** Two numbers, -m and m, where the log-odds are 2m. */
  DOUBLED_MARGIN("pairs (-m, m) of half a margin"),
  /** One number for each class. */
  PER_CLASS("per class, one logit for each");

  private final String words;

  RawLayout(String words) {
    this.words = words;
  }

  /** The layout in a few words, for people. */
  public String words() {
    return words;
  }

  /** Whether a row holds its one margin with both signs. */
  public boolean isPair() {
    return this == PAIR || this == DOUBLED_MARGIN;
  }

  /** The task that such rows are for where none is named. */
  public Task usualTask() {
    return this == PER_CLASS ? Task.MULTICLASS : Task.BINARY;
  }

  /** Whether rows of a task can be laid out like this. */
  public boolean fits(Task task) {
    return (this == PER_CLASS) == (task != Task.BINARY);
  }

  /**
   * What the margin is divided by to become the log-odds; a power of two, so the quotient is exact.
   */
  public double divisor() {
    return this == DOUBLED_MARGIN ? 0.5 : 1;
  }
}
