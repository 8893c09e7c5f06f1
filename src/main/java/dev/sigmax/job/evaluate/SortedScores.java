package dev.sigmax.job.evaluate;

import dev.sigmax.spark.TaskResults;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Measures that need the scores in order. Scores are shuffled by series and bucket, which come in
 * the order of the scores, so that what lies below a bucket is known from the weights of the
 * buckets alone; then each is walked on its own.
 */
public final class SortedScores {
  /** Of more labels than this, none has bins of its own: they would fill the driver's heap. */
  public static final int MOST_LABELS_WITH_BINS = 100;

  private final LabelledSums tally = new LabelledSums();
  private final Map<Integer, Mass> totals = new TreeMap<>();
  private final Map<Integer, Curve> curves = new TreeMap<>();
  private final Map<Integer, EqualMassBins> bins = new TreeMap<>();

  private SortedScores() {}

  /** The weight of the scores of one series in one bucket. */
  private record BucketMass(int series, int bucket, Mass mass) implements Serializable {}

  /** What a partition holds. */
  private record PartitionMass(List<BucketMass> buckets, List<byte[]> tallies)
      implements Serializable {}

  /** What is known of a series before its scores are walked. */
  private record Ground(Map<Integer, Mass> below, Mass total) implements Serializable {}

  /** What a partition's walk gives. */
  private record Measures(Map<Integer, Curve> curves, Map<Integer, EqualMassBins> bins)
      implements Serializable {}

  /** Evaluates rows as {@link ScoreRecords} takes them. */
  public static SortedScores of(Dataset<Row> rows, EvaluationRule rule) {
    JavaRDD<Row> sorted =
        rows.mapPartitions(new ScoreRecords(rule), Encoders.row(ScoreRecords.SCHEMA))
            .repartition(functions.col("series"), functions.col("bucket"))
            .sortWithinPartitions("series", "bucket", "score")
            .toJavaRDD();
    SortedScores scores = new SortedScores();
    Map<Integer, SortedMap<Integer, Mass>> buckets = new TreeMap<>();
    for (PartitionMass partition : TaskResults.collect(sorted, SortedScores::masses)) {
      partition.tallies.forEach(
          bytes -> scores.tally.add(TaskResults.of(LabelledSums.class, bytes)));
      for (BucketMass bucket : partition.buckets) {
        buckets
            .computeIfAbsent(bucket.series, s -> new TreeMap<>())
            .merge(
                bucket.bucket,
                bucket.mass,
                (a, b) -> {
                  a.add(b);
                  return a;
                });
      }
    }
    Map<Integer, Ground> grounds = new TreeMap<>();
    buckets.forEach((series, masses) -> grounds.put(series, ground(masses)));
    grounds.forEach((series, ground) -> scores.totals.put(series, ground.total));
    int labels = rule.labels().size();
    boolean weighted = rule.weighted();
    for (Measures measures :
        TaskResults.collect(sorted, walked -> walk(walked, grounds, labels, weighted))) {
      measures.curves.forEach(
          (series, curve) -> scores.curves.computeIfAbsent(series, s -> new Curve()).add(curve));
      measures.bins.forEach(
          (series, part) ->
              scores
                  .bins
                  .computeIfAbsent(series, s -> EqualMassBins.of(scores.total(s), weighted))
                  .add(part));
    }
    return scores;
  }

  private static Ground ground(SortedMap<Integer, Mass> masses) {
    Map<Integer, Mass> below = new TreeMap<>();
    Mass sum = Mass.none();
    for (Map.Entry<Integer, Mass> bucket : masses.entrySet()) {
      below.put(bucket.getKey(), sum.copy());
      sum.add(bucket.getValue());
    }
    return new Ground(below, sum);
  }

  private static PartitionMass masses(Iterator<Row> rows) {
    PartitionMass found = new PartitionMass(new ArrayList<>(), new ArrayList<>());
    BucketMass last = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      int series = row.getInt(0);
      if (series == Series.TALLY) {
        found.tallies.add(row.getAs(5));
        continue;
      }
      if (last == null || last.series != series || last.bucket != row.getInt(1)) {
        last = new BucketMass(series, row.getInt(1), Mass.none());
        found.buckets.add(last);
      }
      last.mass.add(row.getBoolean(3), row.getDouble(4));
    }
    return found;
  }

  private static Measures walk(
      Iterator<Row> rows, Map<Integer, Ground> grounds, int labels, boolean weighted) {
    Measures measures = new Measures(new TreeMap<>(), new TreeMap<>());
    Walk walk = new Walk(measures, grounds, labels, weighted);
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.getInt(0) != Series.TALLY) {
        walk.add(row);
      }
    }
    walk.endGroup();
    return measures;
  }

  /** Goes through the scores of a partition, from low to high in each bucket. */
  private static final class Walk {
    private final Measures measures;
    private final Map<Integer, Ground> grounds;
    private final int labels;
    private final boolean weighted;
    private int series = Series.TALLY;
    private int bucket;
    private double score;
    private Mass group = Mass.none();
    private Mass below = Mass.none();

    Walk(Measures measures, Map<Integer, Ground> grounds, int labels, boolean weighted) {
      this.measures = measures;
      this.grounds = grounds;
      this.labels = labels;
      this.weighted = weighted;
    }

    void add(Row row) {
      boolean sameBucket = row.getInt(0) == series && row.getInt(1) == bucket;
      if (!sameBucket || row.getDouble(2) != score) {
        endGroup();
        score = row.getDouble(2);
      }
      if (!sameBucket) {
        series = row.getInt(0);
        bucket = row.getInt(1);
        below = grounds.get(series).below.get(bucket).copy();
      }
      group.add(row.getBoolean(3), row.getDouble(4));
    }

    void endGroup() {
      if (series == Series.TALLY) {
        return;
      }
      Mass total = grounds.get(series).total;
      if (series < labels) {
        measures.curves.computeIfAbsent(series, s -> new Curve()).add(group, below, total);
      }
      if (series >= labels || labels <= MOST_LABELS_WITH_BINS) {
        measures
            .bins
            .computeIfAbsent(series, s -> EqualMassBins.of(total, weighted))
            .add(score, group, below);
      }
      below.add(group);
      group = Mass.none();
    }
  }

  /** What adds up whatever the order. */
  public LabelledSums tally() {
    return tally;
  }

  /** The weight of a series' scores. */
  public Mass total(int series) {
    return totals.getOrDefault(series, Mass.none());
  }

  /** The curves of a label. */
  public Curve curve(int label) {
    return curves.getOrDefault(label, new Curve());
  }

  /**
   * The bins of a series: of one that calibration is measured on, or of a label, which are empty
   * where there are more than {@value #MOST_LABELS_WITH_BINS}.
   */
  public EqualMassBins bins(int series) {
    return bins.getOrDefault(series, EqualMassBins.of(Mass.none(), false));
  }
}
