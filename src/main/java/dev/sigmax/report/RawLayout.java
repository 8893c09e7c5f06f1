package dev.sigmax.report;

/** What the numbers of a row are, before any softmax or sigmoid. */
public enum RawLayout {
  /** One number, the log-odds of the yes. */
  MARGIN("a single margin, the log-odds of the yes"),
  /** Two numbers, -m and m, where m is the log-odds. */
  PAIR("pairs (-m, m) of a margin"),
  /** Two numbers, -m and m, where the log-odds are 2m. */
  HALVED_PAIR("pairs (-m, m) of half a margin"),
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
}
