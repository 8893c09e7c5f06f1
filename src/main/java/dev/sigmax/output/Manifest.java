package dev.sigmax.output;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;

/**
 * What a run read, did, checked and wrote, as {@code _sigmax/manifest.json} keeps it in snake case.
 *
 * @param fingerprint SHA-256 of the inputs, the job as it took effect, and the version: the same
 *     run again has the same
 * @param publishedAt ISO-8601, UTC
 * @param job every option as it took effect, class order included
 * @param badRowSamples the first rows in quarantine of each issue; null in a manifest of an earlier
 *     version
 * @param distribution what was counted of the good rows; null in a manifest of an older version
 * @param drift how far the run is from an earlier one; null where it was held against none
 * @param incremental the run's place in an output that grows run by run; null in any other
 * @param warnings what a person should know though the run went on
 * @param timingMs milliseconds of each step
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
    String runId,
    String fingerprint,
    String publishedAt,
    Versions versions,
    KernelUsed kernel,
    EngineUsed engine,
    Map<String, Object> job,
    Input input,
    Output output,
    Output quarantine,
    Checks checks,
    List<BadRow> badRowSamples,
    Distribution distribution,
    Drift drift,
    Incremental incremental,
    List<String> warnings,
    Map<String, Long> timingMs) {

  /** Whether nothing is missing that a later command needs. */
  boolean isWhole() {
    return runId != null
        && fingerprint != null
        && publishedAt != null
        && kernel != null
        && job != null
        && input != null
        && input.isWhole()
        && output != null
        && output.isWhole()
        && (quarantine == null || quarantine.isWhole())
        && checks != null
        && checks.isWhole()
        && (badRowSamples == null
            || badRowSamples.stream().allMatch(row -> row != null && row.isWhole()))
        && (distribution == null || distribution.isWhole())
        && (drift == null || drift.isWhole())
        && (incremental == null || incremental.isWhole())
        && timingMs != null;
  }

  /** The same with other lists of files, where it has lists. */
  Manifest with(FileLists lists) {
    return new Manifest(
        runId,
        fingerprint,
        publishedAt,
        versions,
        kernel,
        engine,
        job,
        input == null ? null : new Input(input.rows, lists.input(), input.skipped, input.table),
        output == null ? null : output.with(lists.output()),
        quarantine == null ? null : quarantine.with(lists.quarantine()),
        checks,
        badRowSamples,
        distribution,
        drift,
        incremental,
        warnings,
        timingMs);
  }

  /** What ran. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Versions(
      String sigmax, String spark, String java, String scala, String hadoop, String parquet) {}

  /** Which kernel, how many doubles at a time, and why. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record KernelUsed(String name, int lanes, String why) {}

  /** Which path scored, and why. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record EngineUsed(String path, String why) {}

  /**
   * What was read, and what lay beside it.
   *
   * @param table the table whose files they are; null where they were named
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Input(
      long rows, List<InputEntry> files, List<SkippedEntry> skipped, InputTable table) {
    boolean isWhole() {
      return files != null && files.stream().allMatch(file -> file != null && file.path != null);
    }
  }

  /**
   * A table that was read, as its snapshot has it.
   *
   * @param columns all of the table, in its order, where they were found in the files by field id;
   *     null where it was by name
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record InputTable(
      String name, long snapshotId, String committedAt, List<InputColumn> columns) {}

  /** A column of a table that was read, its type in SQL, and its field id in the files. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record InputColumn(String name, String type, int id) {}

  /** A file that was read; {@code modified} in milliseconds since 1970. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record InputEntry(String path, long bytes, long modified, long rows) {}

  /** Something that was not read, and why. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record SkippedEntry(String path, String why) {}

  /**
   * What was written.
   *
   * @param uncompressed the columns with pages that are not compressed: the codec would hardly have
   *     made them smaller, or none was asked for; null in a manifest of an earlier version
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Output(long rows, List<PartFile> files, List<String> uncompressed) {
    /** Of which all columns are compressed. */
    public Output(long rows, List<PartFile> files) {
      this(rows, files, List.of());
    }

    private Output with(List<PartFile> others) {
      return new Output(rows, others, uncompressed);
    }

    boolean isWhole() {
      return files != null && files.stream().allMatch(file -> file != null && file.path != null);
    }
  }

  /** A file that was written; its path is relative to the output folder. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PartFile(String path, long bytes, long rows, String crc32c) {}

  /**
   * The place of a run in an output that grows run by run.
   *
   * @param number in the name of its folder, from 1
   * @param runsBefore how many runs were published when this one was
   * @param filesTaken the input files that this run scored
   * @param filesSeenBefore the input files that runs before it had scored, and were still there
   * @param keptTypes the type of each kept column, by its name in the output
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Incremental(
      int number,
      int runsBefore,
      int filesTaken,
      int filesSeenBefore,
      Map<String, String> keptTypes) {
    boolean isWhole() {
      return keptTypes != null;
    }
  }

  /**
   * What the checks gave.
   *
   * @param rows all rows of the input
   * @param issues how many rows have each issue; only those that occur
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Checks(long rows, long badRows, Map<String, Long> issues, RowSum rowSum) {
    boolean isWhole() {
      return issues != null && rowSum != null;
    }
  }

  /**
   * A bad row of the input.
   *
   * @param row its index in the file, from 0
   * @param column the logit to blame; null where it is none of them alone
   * @param logits how many the row has
   * @param values the first of them, as texts
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record BadRow(
      String issue, String file, long row, String column, int logits, List<String> values) {
    boolean isWhole() {
      return issue != null && file != null && values != null;
    }
  }

  /**
   * The sums of the good rows as written.
   *
   * @param min null where there is no row with a sum, as {@code max} and {@code maxDeviation}
   * @param judged whether a sum off 1 is an issue
   * @param nanRows rows whose probabilities are NaN because the job propagates it; not judged
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record RowSum(
      Double min,
      Double max,
      Double maxDeviation,
      double tolerance,
      boolean judged,
      long nanRows) {}

  /**
   * Counts of good rows in fixed bins, the same whatever the partitioning.
   *
   * @param every one of so many rows was counted, chosen by its content; 1 for all
   * @param rows how many were counted
   * @param nanRows how many would have been, but have NaN
   * @param zeros how many of their probabilities are 0 exactly
   * @param ones how many are 1 exactly
   * @param largest rows by their largest probability, in equal bins of [0, 1]
   * @param margins rows by their margin, in equal bins of [0, 1]
   * @param entropies rows by their entropy, in equal bins of [0, {@code largestEntropy}]
   * @param largestEntropy in nats
   * @param deviations rows by how far their sum is from 1: first those that are not, then one bin
   *     for each power of two from 2^-60 up, the first of them with all that is smaller
   * @param means the mean probability of each class, in the order of the labels; empty where the
   *     classes are more than 1,000
   * @param predictions how many rows predict each class; as {@code means}
   * @param meanLargest the mean of the largest probabilities; null where no row was counted, and in
   *     a manifest of an earlier version, as those that follow
   * @param probabilities rows by the probability of each class; as {@code means}, then in bins of
   *     [0, 1] that are narrow at both ends
   * @param logits of the rows that were counted
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Distribution(
      int every,
      long rows,
      long nanRows,
      long zeros,
      long ones,
      List<Long> largest,
      List<Long> margins,
      List<Long> entropies,
      double largestEntropy,
      List<Long> deviations,
      List<Double> means,
      List<Long> predictions,
      Double meanLargest,
      List<List<Long>> probabilities,
      Logits logits) {
    boolean isWhole() {
      return largest != null
          && margins != null
          && entropies != null
          && deviations != null
          && means != null
          && predictions != null;
    }
  }

  /**
   * Counts of logits as they were read.
   *
   * @param min the least finite one; null where there is none, as {@code max}
   * @param bins logits by size, in bins that are narrow around 0
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Logits(Double min, Double max, List<Long> bins) {}

  /**
   * How far a run is from an earlier one.
   *
   * @param before the earlier run
   * @param limits the largest distance that the job allows, by measure; empty for any
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Drift(EarlierRun before, Map<String, Double> limits, Distances distances) {
    boolean isWhole() {
      return before != null
          && before.output != null
          && before.runId != null
          && before.checks != null
          && before.checks.isWhole()
          && (before.distribution == null || before.distribution.isWhole())
          && limits != null
          && distances != null;
    }
  }

  /**
   * What an earlier run counted: the same can be drawn of it when it is gone.
   *
   * @param output where it was
   * @param distribution null where its manifest had none
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record EarlierRun(
      String output, String runId, String publishedAt, Checks checks, Distribution distribution) {}

  /**
   * How far each quantity moved between two runs. Each is null where one of the two did not count
   * it, or has no rows.
   *
   * @param predictions the share of each class among the predictions
   * @param confidence rows by their largest probability, in 16 bins
   * @param issues good rows, and rows with each issue
   * @param logits logits by size
   * @param probabilities rows by the probability of each class
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Distances(
      Distance predictions,
      Distance confidence,
      Distance issues,
      Distance logits,
      ClassDistances probabilities) {}

  /**
   * A distance between two distributions.
   *
   * @param psi the population stability index, 0 or more
   * @param js the Jensen-Shannon distance, from 0 to √ln 2
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Distance(double psi, double js) {}

  /** The same of each class, in the order of the labels. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ClassDistances(List<Double> psi, List<Double> js) {}
}
