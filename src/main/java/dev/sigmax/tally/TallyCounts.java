package dev.sigmax.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What was counted of some rows. Sums of whole numbers alone, so that adding up is exact and in any
 * order.
 */
public final class TallyCounts {
  /** A probability counts as so many units: its mean is right to 1e-9. */
  static final double UNITS = 0x1p32;

  /** Places of the totals: rows that were counted, */
  private static final int ROWS = 0;

  /** rows whose probabilities are NaN, of those that would be counted, */
  private static final int NAN = 1;

  /** probabilities that are 0 exactly, */
  private static final int ZEROS = 2;

  /** probabilities that are 1 exactly, */
  private static final int ONES = 3;

  /** and the sum of the largest probabilities, in units. */
  private static final int LARGEST_UNITS = 4;

  /** Where the least and the largest logit stand in the text. */
  private static final String RANGE = "range";

  private final long[] totals = new long[LARGEST_UNITS + 1];
  private final long[] largest = new long[Bins.OF_SHARES];
  private final long[] margins = new long[Bins.OF_SHARES];
  private final long[] entropies = new long[Bins.OF_SHARES];
  private final long[] deviations = new long[Bins.OF_DEVIATIONS];
  private final LogitCounts logits = new LogitCounts();
  private final long[] units;
  private final long[] predicted;
  private final long[] probabilities;

  /** Nothing counted yet; {@code classes} have counts of their own. */
  TallyCounts(int classes) {
    this.units = new long[classes];
    this.predicted = new long[classes];
    this.probabilities = new long[classes * Bins.OF_PROBABILITIES];
  }

  /** Nothing counted yet by a rule. */
  public static TallyCounts none(TallyRule rule) {
    return new TallyCounts(rule.byClass() ? rule.probabilities() : 0);
  }

  void row(double largestProbability, int marginBin, int entropyBin, int deviationBin) {
    totals[ROWS]++;
    totals[LARGEST_UNITS] += units(largestProbability);
    largest[Bins.ofShare(largestProbability)]++;
    margins[marginBin]++;
    entropies[entropyBin]++;
    deviations[deviationBin]++;
  }

  void nanRow() {
    totals[NAN]++;
  }

  void saturated(int zeros, int ones) {
    totals[ZEROS] += zeros;
    totals[ONES] += ones;
  }

  void probability(int index, double probability) {
    units[index] += units(probability);
    probabilities[index * Bins.OF_PROBABILITIES + Bins.ofProbability(probability)]++;
  }

  private static long units(double probability) {
    return (long) (probability * UNITS);
  }

  void logit(double logit) {
    logits.add(logit);
  }

  void predicted(int index) {
    predicted[index]++;
  }

  /** How many rows were counted. */
  public long rows() {
    return totals[ROWS];
  }

  /** How many rows would have been counted if their probabilities were not NaN. */
  public long nanRows() {
    return totals[NAN];
  }

  /** How many probabilities are 0 exactly. */
  public long zeros() {
    return totals[ZEROS];
  }

  /** How many probabilities are 1 exactly. */
  public long ones() {
    return totals[ONES];
  }

  /** Rows by the bin of their largest probability. */
  public List<Long> largest() {
    return list(largest);
  }

  /** Rows by the bin of their margin. */
  public List<Long> margins() {
    return list(margins);
  }

  /** Rows by the bin of their entropy, as a share of the largest that there is. */
  public List<Long> entropies() {
    return list(entropies);
  }

  /** Rows by the bin of how far their sum is from 1. */
  public List<Long> deviations() {
    return list(deviations);
  }

  /** The mean probability of each class; empty where classes have no counts or no row was seen. */
  public List<Double> means() {
    return rows() == 0
        ? List.of()
        : Arrays.stream(units).mapToObj(unit -> unit / UNITS / rows()).toList();
  }

  /** The mean of the rows' largest probabilities; NaN where no row was seen. */
  public double meanLargest() {
    return totals[LARGEST_UNITS] / UNITS / rows();
  }

  /** Logits by bin. */
  public List<Long> logits() {
    return list(logits.bins());
  }

  /** The least finite logit; empty where there is none. */
  public OptionalDouble leastLogit() {
    return finite(logits.min());
  }

  /** The largest finite logit; empty where there is none. */
  public OptionalDouble largestLogit() {
    return finite(logits.max());
  }

  private static OptionalDouble finite(double number) {
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  /** Rows by the bin of each class's probability; empty where classes have no counts. */
  public List<List<Long>> probabilities() {
    return IntStream.range(0, units.length)
        .mapToObj(
            i ->
                list(
                    Arrays.copyOfRange(
                        probabilities, i * Bins.OF_PROBABILITIES, (i + 1) * Bins.OF_PROBABILITIES)))
        .toList();
  }

  /** How many rows predict each class; empty where classes have no counts of their own. */
  public List<Long> predictions() {
    return list(predicted);
  }

  private static List<Long> list(long... counts) {
    return Arrays.stream(counts).boxed().toList();
  }

  private Map<String, long[]> parts() {
    Map<String, long[]> parts = new LinkedHashMap<>();
    parts.put("totals", totals);
    parts.put("largest", largest);
    parts.put("margins", margins);
    parts.put("entropies", entropies);
    parts.put("deviations", deviations);
    parts.put("logits", logits.bins());
    parts.put("units", units);
    parts.put("predicted", predicted);
    parts.put("probabilities", probabilities);
    return parts;
  }

  /** Adds what another one counted. */
  public void add(TallyCounts other) {
    Map<String, long[]> others = other.parts();
    parts()
        .forEach(
            (name, counts) -> {
              long[] more = others.get(name);
              if (more.length != counts.length) {
                throw new IllegalArgumentException("counts of other bins: " + name);
              }
              for (int i = 0; i < counts.length; i++) {
                counts[i] += more[i];
              }
            });
    logits.takeRange(other.logits);
  }

  /** The counts as a line of text. */
  public String text() {
    List<String> texts = new ArrayList<>();
    parts()
        .forEach(
            (name, counts) -> {
              List<String> words = new ArrayList<>(List.of(name, Integer.toString(counts.length)));
              for (int i = 0; i < counts.length; i++) {
                if (counts[i] != 0) {
                  words.add(i + ":" + counts[i]);
                }
              }
              texts.add(String.join(" ", words));
            });
    texts.add(RANGE + " " + logits.range());
    return String.join(";", texts);
  }

  /**
   * The counts that {@link #text} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static TallyCounts parse(String text) {
    Map<String, String[]> texts = new LinkedHashMap<>();
    for (String part : text.split(";", -1)) {
      String[] words = part.split(" ", -1);
      texts.put(words[0], words);
    }
    if (!texts.containsKey("units") || !texts.containsKey(RANGE)) {
      throw new IllegalArgumentException("no counts: " + text);
    }
    TallyCounts counts = new TallyCounts(Integer.parseInt(texts.get("units")[1]));
    counts
        .parts()
        .forEach(
            (name, values) -> {
              String[] words = texts.get(name);
              if (words == null || Integer.parseInt(words[1]) != values.length) {
                throw new IllegalArgumentException("counts of other bins: " + name);
              }
              for (int i = 2; i < words.length; i++) {
                int colon = words[i].indexOf(':');
                values[Integer.parseInt(words[i].substring(0, colon))] =
                    Long.parseLong(words[i].substring(colon + 1));
              }
            });
    String[] range = texts.get(RANGE);
    counts.logits.takeRange(range[1], range[2]);
    return counts;
  }
}
