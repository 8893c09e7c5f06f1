package dev.sigmax.columnar.plan;

import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.jdk.javaapi.CollectionConverters;

/** What is read and by whom, as {@code EXPLAIN} says it. */
final class PlannedReader {
  static final String RECORD_BATCHES = "record batches read by Sigmax";

  private PlannedReader() {}

  /**
   * Of Parquet files.
   *
   * @param sparkReads why Spark's reader reads all files; empty where it reads only those that ours
   *     does not serve
   */
  static String ofPages(Optional<String> sparkReads) {
    return sparkReads
        .map(why -> "pages read by Spark because " + why)
        .orElse("pages read by Sigmax");
  }

  /** Of a table that is not planned yet, where Spark has said nothing against our reader. */
  static String of(LogicalPlan table) {
    boolean arrow =
        CollectionConverters.asJava(table.collectLeaves()).stream()
            .anyMatch(
                leaf ->
                    leaf instanceof LogicalRelation relation
                        && relation.relation() instanceof HadoopFsRelation files
                        && files.fileFormat() instanceof ArrowFormat);
    return arrow ? RECORD_BATCHES : ofPages(Optional.empty());
  }
}
