package dev.sigmax.columnar.exec;

import dev.sigmax.columnar.scan.ApartPartitions;
import dev.sigmax.columnar.scan.BalancedPartitions;
import dev.sigmax.columnar.score.OutputColumn;
import dev.sigmax.columnar.score.ScorePlan;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.spark.FileSections;
import dev.sigmax.spark.FixedTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A projection of scores and kept columns, a batch at a time; its new columns are Arrow vectors.
 */
public final class ColumnarScoreExec extends ColumnarNode {
  /** What the metric of rows with an issue is called where Spark shows it. */
  public static final String BAD_ROWS = "rows with an issue";

  private static final long serialVersionUID = 1L;

  private final transient List<? extends NamedExpression> projections;
  private final transient ScorePlan scores;
  private final transient String reader;
  private final transient ScoreMetrics metrics;

  /**
   * The scores of a scan.
   *
   * @param reader what is read and by whom, as a plan says it
   */
  public ColumnarScoreExec(
      List<? extends NamedExpression> projections,
      SparkPlan child,
      ScorePlan scores,
      String reader) {
    super(child);
    this.projections = projections;
    this.reader = reader;
    this.scores = scores;
    this.metrics = ScoreMetrics.of(sparkContext());
  }

  /** What is computed. */
  public ScorePlan scores() {
    return scores;
  }

  /**
   * The columns, counted from 0, whose values hardly repeat: probabilities, their sums, and what is
   * added but for labels.
   */
  public Set<Integer> distinct() {
    Set<Integer> distinct = new HashSet<>();
    for (int i = 0; i < scores.columns().size(); i++) {
      OutputColumn column = scores.columns().get(i);
      boolean named =
          column instanceof OutputColumn.Added added
              && (added.addition() == Addition.PREDICTION || added.addition() == Addition.TOP_K);
      if (!(named
          || column instanceof OutputColumn.Kept
          || column instanceof OutputColumn.RowIssue)) {
        distinct.add(i);
      }
    }
    return distinct;
  }

  @Override
  public Seq<Attribute> output() {
    return CollectionConverters.asScala(
            projections.stream().map(NamedExpression::toAttribute).toList())
        .toSeq();
  }

  @Override
  public Map<String, SQLMetric> metrics() {
    return Map$.MODULE$.from(CollectionConverters.asScala(metrics.byName()));
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    ScorePlan plan = scores;
    ScoreMetrics counted = metrics;
    JavaRDD<ColumnarBatch> input = inTasks(child().executeColumnar()).toJavaRDD();
    return input.mapPartitions(unscored -> new ScoredBatches(unscored, plan, counted)).rdd();
  }

  private RDD<ColumnarBatch> inTasks(RDD<ColumnarBatch> scan) {
    int cores = sparkContext().defaultParallelism();
    FileSections sections =
        child() instanceof FileSourceScanExec files
            ? FixedTable.sectionsOf(files.relation())
            : FileSections.NONE;
    return sections.isNone()
        ? BalancedPartitions.of(scan, cores)
        : ApartPartitions.of(scan, sections, cores);
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new ColumnarScoreExec(projections, newChild, scores, reader);
  }

  @Override
  public String nodeName() {
    return "SigmaxColumnarScore";
  }

  @Override
  public String verboseString(int maxFields) {
    return nodeName() + " " + output().mkString("[", ", ", "]") + ", " + reader;
  }

  @Override
  public String verboseStringWithOperatorId() {
    return super.verboseStringWithOperatorId() + "\nReader: " + reader;
  }
}
