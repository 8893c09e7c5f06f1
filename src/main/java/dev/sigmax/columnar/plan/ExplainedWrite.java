package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.exec.ColumnarWriteExec;
import dev.sigmax.columnar.exec.RowPathExec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.catalog.BucketSpec;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.V2CreateTableAsSelectPlan;
import org.apache.spark.sql.catalyst.plans.logical.V2WriteCommand;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.CommandExecutionMode;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.command.CreateDataSourceTableAsSelectCommand;
import org.apache.spark.sql.execution.command.InsertIntoDataSourceDirCommand;
import org.apache.spark.sql.execution.datasources.WriteFiles;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.v2.V2TableWriteExec;
import scala.Option;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The write of a statement that Spark plans only when it runs: CREATE TABLE … AS SELECT, INSERT
 * OVERWRITE DIRECTORY, an INSERT into a table that takes it by itself, and one that Spark plans
 * adaptively. It is planned here for {@code EXPLAIN} as it would be then, by the same rule; nothing
 * is executed.
 */
final class ExplainedWrite {
  private static final String PARQUET = "parquet";

  private final SparkSession session;

  ExplainedWrite(SparkSession session) {
    this.session = session;
  }

  /**
   * The write's physical plan, which says how scores are written; empty where nothing is scored,
   * and for every other statement.
   *
   * @param statement as it was parsed
   */
  Optional<String> of(LogicalPlan statement) {
    // Some statements run as they are analysed: none of these.
    boolean writes =
        statement instanceof V2CreateTableAsSelectPlan
            || statement instanceof InsertIntoDir
            || statement instanceof InsertIntoStatement;
    return writes ? writeOf(planned(statement)).map(SparkPlan::treeString) : Optional.empty();
  }

  private Optional<SparkPlan> writeOf(QueryExecution statement) {
    LogicalPlan command = statement.analyzed();
    if (command instanceof CreateDataSourceTableAsSelectCommand create) {
      CatalogTable table = create.table();
      return ofFiles(
          create.query(),
          table.provider().getOrElse(() -> session.sessionState().conf().defaultDataSourceName()),
          CollectionConverters.asJava(table.partitionColumnNames()),
          table.bucketSpec(),
          table.storage().properties());
    }
    if (command instanceof InsertIntoDataSourceDirCommand insert) {
      return ofFiles(
          insert.query(),
          insert.provider(),
          List.of(),
          Option.empty(),
          insert.storage().properties());
    }
    if (command instanceof V2CreateTableAsSelectPlan create) {
      return byRows(create.query(), UnsupportedPlan.OWN_WRITER);
    }
    if (command instanceof V2WriteCommand insert
        && !(statement.sparkPlan() instanceof V2TableWriteExec)) {
      return byRows(insert.query(), UnsupportedPlan.OWN_WRITER);
    }
    // Of the others, Spark's own plan shows the write, but not what is to be planned as it runs.
    return isOfScores(statement.executedPlan())
        ? Optional.empty()
        : writeOfScores(ruled(statement.sparkPlan()));
  }

  private SparkPlan ruled(SparkPlan plan) {
    return new ColumnarScoringRule(session).preColumnarTransitions().apply(plan);
  }

  /** The write in a plan, if it says how scores are written. */
  private static Optional<SparkPlan> writeOfScores(SparkPlan plan) {
    if (plan instanceof ColumnarWriteExec || below(plan).anyMatch(RowPathExec.class::isInstance)) {
      return Optional.of(plan);
    }
    return below(plan).flatMap(child -> writeOfScores(child).stream()).findFirst();
  }

  private static boolean isOfScores(SparkPlan plan) {
    return writeOfScores(plan).isPresent();
  }

  private static Stream<SparkPlan> below(SparkPlan plan) {
    return CollectionConverters.asJava(plan.children()).stream();
  }

  private Optional<SparkPlan> ofFiles(
      LogicalPlan query,
      String format,
      List<String> partitionedBy,
      Option<BucketSpec> buckets,
      Map<String, String> options) {
    if (!format.equalsIgnoreCase(PARQUET)) {
      return byRows(query, UnsupportedPlan.NOT_PARQUET);
    }
    List<Attribute> partitions =
        CollectionConverters.asJava(query.output()).stream()
            .filter(column -> partitionedBy.contains(column.name()))
            .toList();
    WriteFiles write =
        new WriteFiles(
            query,
            new ParquetFileFormat(),
            CollectionConverters.asScala(partitions).toSeq(),
            buckets,
            options,
            Map$.MODULE$.empty());
    return writeOfScores(ruled(planned(write).sparkPlan()));
  }

  private Optional<SparkPlan> byRows(LogicalPlan query, String reason) {
    SparkPlan rows = planned(query).sparkPlan();
    return ScoreCalls.in(rows)
        ? Optional.of(new RowPathExec(rows, reason, Optional.empty()))
        : Optional.empty();
  }

  private QueryExecution planned(LogicalPlan plan) {
    return session.sessionState().executePlan(plan, CommandExecutionMode.SKIP());
  }
}
