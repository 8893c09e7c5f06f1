package dev.sigmax.job.inspect;

import dev.sigmax.input.InputTable;
import dev.sigmax.job.plan.LogitSample;
import dev.sigmax.report.Inspection;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Sampled logits, by rows that can be scored.
 *
 * @param classes the number of logits that most rows have; 0 where no row has any
 * @param sound the rows of that length without a null and without NaN
 * @param all what was sampled, those rows and the others
 * @param beside the values of other columns in the sound rows, by name; NaN stands for null
 * @param ofRows how many rows the table has
 */
record SampledRows(
    int classes, List<double[]> sound, LogitSample all, Map<String, double[]> beside, long ofRows) {

  static SampledRows of(InputTable table, LogitSample sample) {
    int classes =
        table.logits().array()
            ? sample.lengths().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0)
            : table.logits().columns().size();
    int[] sound =
        IntStream.range(0, sample.rows().size())
            .filter(i -> isSound(sample.rows().get(i), classes))
            .toArray();
    Map<String, double[]> beside =
        sample.beside().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> Arrays.stream(sound).mapToDouble(i -> entry.getValue()[i]).toArray()));
    return new SampledRows(
        classes,
        Arrays.stream(sound).mapToObj(sample.rows()::get).toList(),
        sample,
        beside,
        table.rows());
  }

  private static boolean isSound(double[] row, int classes) {
    return row != null
        && row.length == classes
        && classes > 0
        && Arrays.stream(row).noneMatch(Double::isNaN);
  }

  /** How many rows were sampled. */
  int size() {
    return all.rows().size();
  }

  /** How many of them can be scored. */
  int soundSize() {
    return sound.size();
  }

  /** How many of them {@code score} would find an issue in, as {@code multiclass} does. */
  long bad() {
    return all.rows().stream().filter(row -> !isSound(row, classes) || !canBeScored(row)).count();
  }

  private static boolean canBeScored(double[] row) {
    return row.length == 1
        || (Arrays.stream(row).noneMatch(v -> v == Double.POSITIVE_INFINITY)
            && Arrays.stream(row).anyMatch(Double::isFinite));
  }

  /** One class's logits, in the sound rows. */
  double[] column(int index) {
    return sound.stream().mapToDouble(row -> row[index]).toArray();
  }

  /** What a person is told of them. */
  Inspection.Sample described(boolean array) {
    DoubleSummaryStatistics range = values().filter(Double::isFinite).summaryStatistics();
    return new Inspection.Sample(
        size(),
        ofRows,
        range.getCount() == 0
            ? Optional.empty()
            : Optional.of(new Inspection.Range(range.getMin() + 0.0, range.getMax())),
        all.nulls() + all.rows().stream().filter(Objects::isNull).count(),
        count(Double::isNaN) - all.nulls(),
        count(v -> v == Double.POSITIVE_INFINITY),
        count(v -> v == Double.NEGATIVE_INFINITY),
        array ? all.lengths() : new TreeMap<>());
  }

  private long count(DoublePredicate which) {
    return values().filter(which).count();
  }

  private DoubleStream values() {
    return all.rows().stream().filter(Objects::nonNull).flatMapToDouble(Arrays::stream);
  }
}
