package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.exec.ApartScanExec;
import dev.sigmax.spark.FixedTable;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.execution.datasources.FileSourceStrategy$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Plans scans of files in sections as Spark does, read by tasks that keep the sections apart. For
 * the row path; the columnar path has tasks of its own.
 */
public final class ApartScanStrategy extends SparkStrategy {
  private ApartScanStrategy() {}

  /** Has a session plan so, whether or not it knows our extensions. */
  public static void addTo(SparkSession session) {
    ((org.apache.spark.sql.classic.SparkSession) session)
        .experimental()
        .extraStrategies_$eq(
            CollectionConverters.asScala(List.<SparkStrategy>of(new ApartScanStrategy())).toSeq());
  }

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    List<SparkPlan> planned =
        CollectionConverters.asJava(FileSourceStrategy$.MODULE$.apply(plan)).stream()
            .map(ApartScanStrategy::apart)
            .toList();
    return CollectionConverters.asScala(planned).toSeq();
  }

  private static SparkPlan apart(SparkPlan planned) {
    return planned.transformUp(
        new AbstractPartialFunction<SparkPlan, SparkPlan>() {
          @Override
          public boolean isDefinedAt(SparkPlan node) {
            return node instanceof FileSourceScanExec scan
                && !FixedTable.sectionsOf(scan.relation()).isNone();
          }

          @Override
          public SparkPlan apply(SparkPlan node) {
            return new ApartScanExec((FileSourceScanExec) node);
          }
        });
  }
}
