package dev.sigmax.job.plan;

import dev.sigmax.error.ExternalException;
import dev.sigmax.input.InputFile;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.UnreadableInput;
import dev.sigmax.parquet.read.SampledValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A look at the logits before a job is planned: the first rows of the first file that has any, and
 * of an array column also those of other row groups and files, since its rows may differ in length.
 *
 * @param rows the logits of each as doubles; null for a null array; NaN stands for a null logit
 */
public record LogitSample(List<double[]> rows) {
  private static final int ROWS = 50;
  private static final double NEAR_ONE = 1e-3;

  /** A row group larger than that takes too long to read for a look at its first rows. */
  private static final long MOST_BYTES = 32L << 20;

  /** Takes the sample, without Spark; the same files give the same sample. */
  public static LogitSample take(Configuration configuration, InputTable table) {
    List<InputFile> files = filesToSample(table);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String path = files.get(i).status().getPath().toString();
      try (SampledValues values = SampledValues.open(path, table.logitPaths(), configuration)) {
        rows.addAll(table.logits().array() ? arrays(values, i == 0) : scalars(values));
      } catch (IOException | RuntimeException e) {
        throw UnreadableInput.because(new Path(path), e);
      } catch (OutOfMemoryError e) {
        throw ExternalException.outOfMemory(e);
      }
    }
    return new LogitSample(rows);
  }

  /** The first, the middle and the last file with rows; of scalar columns the first will do. */
  private static List<InputFile> filesToSample(InputTable table) {
    List<InputFile> withRows =
        IntStream.range(0, table.fileRows().size())
            .filter(i -> table.fileRows().get(i) > 0)
            .mapToObj(i -> table.snapshot().files().get(i))
            .toList();
    if (withRows.isEmpty() || !table.logits().array()) {
      return withRows.stream().limit(1).toList();
    }
    int last = withRows.size() - 1;
    return IntStream.of(0, last / 2, last).distinct().mapToObj(withRows::get).toList();
  }

  private static List<double[]> arrays(SampledValues values, boolean firstFile) throws IOException {
    int last = values.rowGroups() - 1;
    List<double[]> rows = new ArrayList<>();
    for (int rowGroup : IntStream.of(0, last / 2, last).distinct().toArray()) {
      boolean first = firstFile && rowGroup == 0;
      if (first || values.bytes(rowGroup) <= MOST_BYTES) {
        rows.addAll(values.read(rowGroup, ROWS).get(0));
      }
    }
    return rows;
  }

  private static List<double[]> scalars(SampledValues values) throws IOException {
    List<List<double[]>> columns = values.read(0, ROWS);
    return IntStream.range(0, columns.get(0).size())
        .mapToObj(row -> columns.stream().mapToDouble(column -> column.get(row)[0]).toArray())
        .toList();
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

  private static boolean sumsToOne(double[] row) {
    return row != null
        && row.length > 1
        && Arrays.stream(row).allMatch(v -> v >= 0 && v <= 1)
        && Math.abs(Arrays.stream(row).sum() - 1) < NEAR_ONE;
  }
}
