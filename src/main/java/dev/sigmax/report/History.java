package dev.sigmax.report;

import dev.sigmax.error.Counted;
import dev.sigmax.report.html.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The runs of one folder over time.
 *
 * @param kinds the runs that can be compared with each other, together
 * @param leftOut folders that hold no run, or none that can be read
 */
public record History(String folder, List<Kind> kinds, List<LeftOut> leftOut) {
  private static final int FEW_CLASSES = 3;
  private static final int LONGEST_CLASS = 24;

  /**
   * What the runs of a kind have in common; where others have as many classes, with the first ones,
   * or with the first that the others do not have in its place.
   */
  public String inWords(Kind kind) {
    String words = kind.inWords();
    List<Kind> alike =
        kinds.stream()
            .filter(other -> !other.equals(kind) && other.inWords().equals(words))
            .toList();
    if (alike.isEmpty()) {
      return words;
    }
    int place = 0;
    while (place < kind.classes().size() - 1 && isSame(place, kind, alike)) {
      place++;
    }
    return place < FEW_CLASSES
        ? kind.classes().stream()
            .limit(FEW_CLASSES)
            .map(History::shortened)
            .collect(
                Collectors.joining(
                    ", ", words + ": ", kind.classes().size() > FEW_CLASSES ? ", …" : ""))
        : words + ": number " + (place + 1) + " is " + shortened(kind.classes().get(place));
  }

  private static boolean isSame(int place, Kind kind, List<Kind> others) {
    return others.stream()
        .allMatch(other -> other.classes().get(place).equals(kind.classes().get(place)));
  }

  private static String shortened(String name) {
    return Texts.shortenedName(name, LONGEST_CLASS);
  }

  /**
   * Runs of one task and the same classes.
   *
   * @param runs one at least, in the order of their publication
   */
  public record Kind(String task, List<String> classes, List<Run> runs) {
    /** What they have in common, in words. */
    public String inWords() {
      return task + ", " + Counted.of(classes.size(), "class", "classes");
    }
  }

  /** A folder without a run to show, and why, a sentence. */
  public record LeftOut(String folder, String why) {}

  /**
   * One run.
   *
   * @param name of its folder
   * @param confidence the mean of the rows' largest probabilities; empty where it was not counted
   * @param shares of the predictions, one for each class; empty where they were not counted
   * @param warnings how many its manifest has
   * @param since how far it is from the run before of its kind; empty for the first
   */
  public record Run(
      Instant publishedAt,
      String runId,
      String name,
      String output,
      long rows,
      long badRows,
      OptionalDouble confidence,
      List<Double> shares,
      int warnings,
      Optional<Since> since) {

    /** The verdict on a run with nothing to look into. */
    static final String GOOD = "good";

    /** The share of bad rows; 0 of none. */
    public double badShare() {
      return rows == 0 ? 0 : (double) badRows / rows;
    }

    /** {@link #GOOD}, or what there is to look into. */
    public String verdict() {
      List<String> words = new ArrayList<>();
      if (badRows > 0) {
        words.add("bad rows");
      }
      if (warnings > 0) {
        words.add(Counted.of(warnings, "warning"));
      }
      return words.isEmpty() ? GOOD : String.join(", ", words);
    }
  }

  /**
   * How far a run is from the one before.
   *
   * @param runId of the one before
   * @param output where that is
   * @param shift the class whose share of the predictions changed most; empty where not counted
   * @param psi the largest population stability index of any quantity; empty where one of the runs
   *     did not count its scores
   * @param js the largest Jensen-Shannon distance; as {@code psi}
   * @param furthest the quantity with the largest index; as {@code psi}, and empty where none moved
   * @param notCompared quantities that one of the two did not count
   */
  public record Since(
      String runId,
      String output,
      Optional<Shift> shift,
      OptionalDouble psi,
      OptionalDouble js,
      Optional<String> furthest,
      List<String> notCompared) {}

  /** A class with its share of the predictions then and now. */
  public record Shift(String label, double then, double now) {
    /** By how much the share grew. */
    public double change() {
      return now - then;
    }
  }

  /** How many runs there are. */
  public int size() {
    return kinds.stream().mapToInt(kind -> kind.runs().size()).sum();
  }
}
