package dev.sigmax.tally;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.kernel.rule.RowIssue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The first few bad rows of each issue, by file and row: the same whatever the partitioning and the
 * order of tasks, and a row that is seen twice is there once. Not thread-safe.
 */
public final class BadRowSamples {
  /** The key in a footer under which a file of bad rows has samples of them. */
  public static final String FOOTER_KEY = "sigmax.samples";

  private static final int MOST_OF_AN_ISSUE = 3;
  private static final int MOST_VALUES = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, TreeSet<Sample>> byIssue = new TreeMap<>();

  /**
   * A bad row.
   *
   * @param row its index in the file, from 0
   * @param logits how many it has; 0 without an array
   * @param culprit the index of the first logit to blame; -1 where it is none of them alone
   * @param values the first few logits as texts
   */
  public record Sample(
      String issue, String file, long row, int logits, int culprit, List<String> values)
      implements Comparable<Sample> {
    private static final Comparator<Sample> BY_POSITION =
        Comparator.comparing(Sample::file).thenComparingLong(Sample::row);

    /** Of a row with these logits; null elements are null logits. */
    public static Sample of(String issue, String file, long row, List<? extends Number> logits) {
      return new Sample(
          issue,
          file,
          row,
          logits.size(),
          BadRowSamples.culprit(issue, logits),
          logits.stream().limit(MOST_VALUES).map(String::valueOf).toList());
    }

    @Override
    public int compareTo(Sample other) {
      return BY_POSITION.compare(this, other);
    }
  }

  /** The index of the first logit that an issue is to be blamed on; -1 for none. */
  public static int culprit(String issue, List<? extends Number> logits) {
    RowIssue kind = RowIssue.ofCode(issue).orElseThrow();
    return IntStream.range(0, logits.size())
        .filter(i -> isCulprit(kind, logits.get(i)))
        .findFirst()
        .orElse(-1);
  }

  private static boolean isCulprit(RowIssue issue, Number logit) {
    return switch (issue) {
      case NULL -> logit == null;
      case NAN -> logit != null && Double.isNaN(logit.doubleValue());
      case POS_INF -> logit != null && logit.doubleValue() == Double.POSITIVE_INFINITY;
      case EMPTY, LENGTH, PAIR, ALL_NEG_INF, RANGE, SUM -> false;
    };
  }

  /** Whether a row would be among the samples. */
  public boolean wants(String issue, String file, long row) {
    TreeSet<Sample> kept = byIssue.get(issue);
    return kept == null
        || kept.size() < MOST_OF_AN_ISSUE
        || new Sample(issue, file, row, 0, -1, List.of()).compareTo(kept.last()) < 0;
  }

  /** Takes a row, if it is among the first. */
  public void add(Sample sample) {
    TreeSet<Sample> kept = byIssue.computeIfAbsent(sample.issue(), issue -> new TreeSet<>());
    kept.add(sample);
    if (kept.size() > MOST_OF_AN_ISSUE) {
      kept.pollLast();
    }
  }

  /** The samples, by issue, file and row. */
  public List<Sample> all() {
    return byIssue.values().stream().flatMap(TreeSet::stream).toList();
  }

  /** The samples as a line of text. */
  public String text() {
    try {
      return JSON.writeValueAsString(all());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Takes the samples that {@link #text} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  public void addText(String text) {
    try {
      JSON.readValue(text, new TypeReference<List<Sample>>() {}).forEach(this::add);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no samples: " + text, e);
    }
  }
}
