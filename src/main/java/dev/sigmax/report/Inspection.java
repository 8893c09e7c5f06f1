package dev.sigmax.report;

import dev.sigmax.kernel.rule.RawLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What an input holds, and what a job could make of it.
 *
 * @param columns from the footers of all files
 * @param differences by the column's name, how files differ in it
 * @param candidates what may be logits, the likeliest first
 * @param findings what looks wrong
 * @param job a job file; empty where no job would run
 */
public record Inspection(
    Files files,
    List<Column> columns,
    Map<String, String> differences,
    List<Candidate> candidates,
    List<Finding> findings,
    Optional<Draft> job) {

  /**
   * The files.
   *
   * @param parts what the row groups are called in this format
   * @param skipped why by path
   */
  public record Files(
      int count,
      long bytes,
      long rows,
      long rowGroups,
      String parts,
      List<String> writtenBy,
      List<String> codecs,
      List<String> partitions,
      Map<String, String> skipped) {}

  /**
   * A top-level column.
   *
   * @param notKept why {@code score} does not carry it through; empty where it does
   * @param nulls in all rows; empty where a footer does not say
   * @param range in all rows; empty where a footer does not say, or for other types than numbers
   */
  public record Column(
      String name,
      String type,
      Optional<String> notKept,
      List<String> encodings,
      Optional<Long> nulls,
      Optional<Range> range) {}

  /** Smallest and largest value. */
  public record Range(Number min, Number max) {}

  /**
   * Columns that may be logits.
   *
   * @param logits as {@code --logits} takes it
   * @param classes how many logits a row has; 0 where no sampled row says
   * @param type of a logit: float, or double for all other numbers
   * @param columns why these columns, and what their footers say; each a sentence
   * @param sample what its rows hold
   * @param layout what a row's numbers are, and why
   * @param tasks those that fit
   * @param task the likely one of them, and why; empty where nothing says
   * @param label a column that looks like the truth
   * @param labels what that column calls the classes; empty where it has their names
   * @param whyNoLabel why there is none, a part of a sentence; empty where there is one or no row
   * @param notLookedAt columns that were not looked at for labels, for their size or their number
   */
  public record Candidate(
      String logits,
      int classes,
      String type,
      List<String> columns,
      Sample sample,
      Guess<RawLayout> layout,
      List<String> tasks,
      Optional<Guess<String>> task,
      Optional<String> label,
      Optional<List<String>> labels,
      Optional<String> whyNoLabel,
      List<String> notLookedAt) {}

  /** What is likely, and the evidence, each a sentence. */
  public record Guess<T>(T what, List<String> why) {}

  /**
   * Sampled rows.
   *
   * @param of how many rows there are
   * @param range of the values that are finite; empty where none is
   * @param lengths by the number of logits, how many rows have it; of arrays alone
   */
  public record Sample(
      long rows,
      long of,
      Optional<Range> range,
      long nulls,
      long nan,
      long positiveInfinities,
      long negativeInfinities,
      SortedMap<Integer, Integer> lengths) {}

  /** Something that looks wrong, and in {@code sentence} what to do about it. */
  public record Finding(FindingKind kind, String sentence) {}

  /** A job: its keys, and as the text of a job file. */
  public record Draft(Map<String, Object> keys, String text) {}
}
