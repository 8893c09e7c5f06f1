package dev.sigmax.job.plan;

import dev.sigmax.arrow.SampledBatches;
import dev.sigmax.error.Causes;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.UnreadableInput;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.parquet.reference.SampledPages;
import dev.sigmax.parquet.reference.SampledValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A look at the logits before a job is planned: the first rows of the first file that has any, and
 * of an array column also those of other row groups and files, since its rows may differ in length.
 *
 * @param rows the logits of each as doubles; null for a null array; NaN stands for a null logit
 * @param nulls how many of the NaN stand for a null logit
 * @param beside the values of other columns in the same rows, by name; NaN stands for null
 */
public record LogitSample(List<double[]> rows, long nulls, Map<String, double[]> beside) {
  private static final int ROWS = 50;
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_VALUES = 1_000_000;
  private static final double NEAR_ONE = 1e-3;

  /** A row group larger than that takes too long to read for a look at its first rows. */
  private static final long MOST_BYTES = 32L << 20;

  /** Takes the sample, without Spark; the same files give the same sample. */
  public static LogitSample take(Configuration configuration, InputTable table) {
    boolean array = table.logits().array();
    return read(configuration, table, ROWS, array ? 3 : 1, List.of(), text -> Double.NaN);
  }

  /**
   * Takes a larger one, of other row groups and files whatever the columns are: up to 10,000 rows
   * of each of nine places, fewer where they are wide.
   *
   * @param beside top-level columns of numbers, booleans or texts to look at in the same rows
   * @param texts what number a text stands for
   */
  public static LogitSample takeMore(
      Configuration configuration,
      InputTable table,
      List<String> beside,
      ToDoubleFunction<String> texts) {
    int columns = table.logits().columns().size() + beside.size();
    int rows = Math.max(ROWS, Math.min(MOST_ROWS, MOST_VALUES / columns));
    return read(configuration, table, rows, 3, beside, texts);
  }

  /**
   * Reads.
   *
   * @param places how many files, and how many row groups of each
   */
  private static LogitSample read(
      Configuration configuration,
      InputTable table,
      int rows,
      int places,
      List<String> beside,
      ToDoubleFunction<String> texts) {
    List<List<String>> paths = new ArrayList<>(table.logitPaths());
    beside.forEach(name -> paths.add(List.of(name)));
    List<double[]> logits = new ArrayList<>();
    List<List<double[]>> others =
        beside.stream().<List<double[]>>map(b -> new ArrayList<>()).toList();
    long nulls = 0;
    List<InputFile> files = filesToSample(table, places);
    for (int i = 0; i < files.size(); i++) {
      String path = files.get(i).status().getPath().toString();
      try (SampledValues values = open(table, path, paths, texts, configuration)) {
        for (int rowGroup : spread(values.rowGroups(), places)) {
          boolean first = i == 0 && rowGroup == 0;
          if (first || values.bytes(rowGroup) <= MOST_BYTES) {
            List<List<double[]>> columns = values.read(rowGroup, rows);
            int count = columns.stream().mapToInt(List::size).min().orElse(0);
            int width = table.logitPaths().size();
            logits.addAll(rows(columns.subList(0, width), count, table.logits().array()));
            for (int k = 0; k < others.size(); k++) {
              others.get(k).addAll(columns.get(width + k).subList(0, count));
            }
          }
        }
        nulls += values.nulls(table.logitPaths().size());
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        throw unread(path, e);
      }
    }
    Map<String, double[]> named = new LinkedHashMap<>();
    for (int k = 0; k < others.size(); k++) {
      named.put(beside.get(k), others.get(k).stream().mapToDouble(LogitSample::scalar).toArray());
    }
    return new LogitSample(logits, nulls, named);
  }

  /** What a file that could not be read is told as; libraries hide that memory ran out. */
  static SigmaxException unread(String path, Throwable failure) {
    return Causes.chain(failure).anyMatch(OutOfMemoryError.class::isInstance)
        ? ExternalException.outOfMemory(failure)
        : UnreadableInput.because(new Path(path), failure);
  }

  private static SampledValues open(
      InputTable table,
      String path,
      List<List<String>> columns,
      ToDoubleFunction<String> texts,
      Configuration configuration)
      throws IOException {
    return switch (table.format()) {
      case PARQUET -> SampledPages.open(path, columns, texts, table.lookup().ids(), configuration);
      case ARROW -> SampledBatches.open(path, columns, texts, configuration);
    };
  }

  /** Of the files with rows the first, or the first, the middle and the last. */
  private static List<InputFile> filesToSample(InputTable table, int places) {
    List<InputFile> withRows =
        IntStream.range(0, table.fileRows().size())
            .filter(i -> table.fileRows().get(i) > 0)
            .mapToObj(i -> table.snapshot().files().get(i))
            .toList();
    return Arrays.stream(spread(withRows.size(), places)).mapToObj(withRows::get).toList();
  }

  /** The first, or the first, the middle and the last of so many. */
  private static int[] spread(int count, int places) {
    int last = count - 1;
    return IntStream.of(0, last / 2, last)
        .limit(places)
        .filter(i -> i >= 0 && i < count)
        .distinct()
        .toArray();
  }

  private static List<double[]> rows(List<List<double[]>> columns, int count, boolean array) {
    return array
        ? columns.get(0).subList(0, count)
        : IntStream.range(0, count)
            .mapToObj(
                row -> columns.stream().mapToDouble(column -> scalar(column.get(row))).toArray())
            .toList();
  }

  private static double scalar(double[] row) {
    return row == null ? Double.NaN : row[0];
  }

  /** How many rows have each length, of those that are arrays with something in them. */
  public SortedMap<Integer, Integer> lengths() {
    SortedMap<Integer, Integer> lengths = new TreeMap<>();
    rows.stream()
        .filter(Objects::nonNull)
        .filter(row -> row.length > 0)
        .forEach(row -> lengths.merge(row.length, 1, Integer::sum));
    return lengths;
  }

  /**
   * Whether every row has two values or more, all in [0, 1], that sum to 1: no logits, most likely.
   */
  public boolean looksLikeProbabilities() {
    return !rows.isEmpty() && rows.stream().allMatch(LogitSample::sumsToOne);
  }

  /** Whether a row has two values or more, all in [0, 1], that sum to 1; a null one does not. */
  public static boolean sumsToOne(double[] row) {
    return row != null
        && row.length > 1
        && Arrays.stream(row).allMatch(v -> v >= 0 && v <= 1)
        && Math.abs(Arrays.stream(row).sum() - 1) < NEAR_ONE;
  }
}
