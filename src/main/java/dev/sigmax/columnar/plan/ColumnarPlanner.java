package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.exec.ColumnarScoreExec;
import dev.sigmax.columnar.exec.ColumnarWriteExec;
import dev.sigmax.columnar.scan.ArrowMemory;
import dev.sigmax.columnar.score.OutputColumn;
import dev.sigmax.columnar.score.ScorePlan;
import dev.sigmax.parquet.write.PageTypes;
import dev.sigmax.spark.IdentifiedParquetFormat;
import dev.sigmax.spark.NotedParquetFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.WriteFilesExec;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampType;
import scala.jdk.javaapi.CollectionConverters;

/** Finds out whether the columnar path serves a plan, and makes its nodes. */
final class ColumnarPlanner {
  private static final String REBASE_MODE_IN_WRITE = "spark.sql.parquet.datetimeRebaseModeInWrite";
  private static final String CORRECTED = "CORRECTED";
  private static final String MOST_RECORDS = "maxRecordsPerFile";
  private static final String MICROSECONDS = "TIMESTAMP_MICROS";

  private final SQLConf conf;
  private final Configuration hadoop;

  ColumnarPlanner(SQLConf conf, Configuration hadoop) {
    this.conf = conf;
    this.hadoop = hadoop;
  }

  /** The columnar write of a plan. */
  SparkPlan write(WriteFilesExec write) throws UnsupportedPlan {
    Class<?> format = write.fileFormat().getClass();
    if (format != ParquetFileFormat.class && format != NotedParquetFormat.class) {
      throw new UnsupportedPlan(UnsupportedPlan.NOT_PARQUET);
    }
    if (write.partitionColumns().nonEmpty() || write.bucketSpec().nonEmpty()) {
      throw new UnsupportedPlan("the output is partitioned or bucketed");
    }
    ColumnarScoreExec scores =
        scoreToWrite(write.child(), CollectionConverters.asJava(write.options()));
    return new ColumnarWriteExec(scores, scores.distinct());
  }

  /** The columnar scores of a plan that is written with these options. */
  ColumnarScoreExec scoreToWrite(SparkPlan plan, Map<String, String> options)
      throws UnsupportedPlan {
    requireSettings(options);
    ColumnarScoreExec scores = score(plan);
    // Last: most writes of a session are none of ours, and Arrow need not start for them.
    Optional<String> obstacle = ArrowMemory.obstacle();
    if (obstacle.isPresent()) {
      throw new UnsupportedPlan(obstacle.get());
    }
    return scores;
  }

  /** The columnar scores of a plan over a scan of files. */
  private ColumnarScoreExec score(SparkPlan plan) throws UnsupportedPlan {
    if (plan instanceof ColumnarScoreExec planned) {
      // A linked list else, and each look-up a walk.
      List<Attribute> output = List.copyOf(CollectionConverters.asJava(planned.output()));
      return score(output, planned.scores(), scan(planned.child()));
    }
    if (!(plan instanceof ProjectExec project)) {
      throw new UnsupportedPlan("there is " + plan.nodeName() + " where scores should be");
    }
    List<NamedExpression> projections =
        List.copyOf(CollectionConverters.asJava(project.projectList()));
    SparkPlan below = project.child();
    while (below instanceof ProjectExec inner) {
      projections = Projections.over(projections, CollectionConverters.asJava(inner.projectList()));
      below = inner.child();
    }
    FileSourceScanExec scan = scan(below);
    List<Attribute> input = CollectionConverters.asJava(scan.output());
    return score(projections, ScorePlanReader.plan(projections, input), scan);
  }

  private static FileSourceScanExec scan(SparkPlan plan) throws UnsupportedPlan {
    if (!(plan instanceof FileSourceScanExec scan)) {
      throw new UnsupportedPlan("there is " + plan.nodeName() + " between scores and scan");
    }
    Class<?> format = scan.relation().fileFormat().getClass();
    if (format != ParquetFileFormat.class
        && format != IdentifiedParquetFormat.class
        && !isArrow(scan)) {
      throw new UnsupportedPlan("the input is neither Parquet nor Arrow");
    }
    if (!scan.supportsColumnar()) {
      throw new UnsupportedPlan("Spark reads the input row by row");
    }
    return scan;
  }

  private static boolean isArrow(FileSourceScanExec scan) {
    return scan.relation().fileFormat() instanceof ArrowFormat;
  }

  private ColumnarScoreExec score(
      List<? extends NamedExpression> output, ScorePlan scores, FileSourceScanExec scan)
      throws UnsupportedPlan {
    if (scores.scorings().isEmpty()) {
      throw new UnsupportedPlan("there is nothing to score");
    }
    for (int i = 0; i < output.size(); i++) {
      if (scores.columns().get(i) instanceof OutputColumn.Kept) {
        requireKept(output.get(i).name(), ((Expression) output.get(i)).dataType());
      }
    }
    if (isArrow(scan)) {
      return new ColumnarScoreExec(output, scan, scores, PlannedReader.RECORD_BATCHES);
    }
    FileSourceScanExec fitted = new ScanTuning(scan, conf, hadoop).of(scores.scorings());
    Optional<String> sparkReads =
        TunedParquetFormat.obstacle(conf, scan.requiredSchema(), scan.dataFilters().nonEmpty());
    return new ColumnarScoreExec(output, fitted, scores, PlannedReader.ofPages(sparkReads));
  }

  private void requireKept(String name, DataType type) throws UnsupportedPlan {
    if (!PageTypes.holds(type)) {
      throw new UnsupportedPlan("the kept column " + name + " is " + type.catalogString());
    }
    boolean dated = type instanceof DateType || type instanceof TimestampType;
    if (dated
        // By its name: what type it has depends on Spark's minor.
        && !conf.getConfString(REBASE_MODE_IN_WRITE).equalsIgnoreCase(CORRECTED)) {
      throw new UnsupportedPlan("the kept column " + name + " may have to be rebased");
    }
    if (type instanceof TimestampType
        && !conf.parquetOutputTimestampType().toString().equals(MICROSECONDS)) {
      throw new UnsupportedPlan("the kept column " + name + " is not written as " + MICROSECONDS);
    }
  }

  private void requireSettings(Map<String, String> options) throws UnsupportedPlan {
    if (conf.writeLegacyParquetFormat()) {
      throw new UnsupportedPlan("the output is in Parquet's legacy format");
    }
    String mostRecords = value(options, MOST_RECORDS);
    mostRecords = mostRecords == null ? Long.toString(conf.maxRecordsPerFile()) : mostRecords;
    if (!mostRecords.equals("0")) {
      throw new UnsupportedPlan(MOST_RECORDS + " is " + mostRecords);
    }
    Configuration told = new Configuration(hadoop);
    options.forEach(
        (key, value) -> {
          if (value != null) {
            told.set(key, value);
          }
        });
    ServedOptions.require(told);
  }

  private static String value(Map<String, String> options, String key) {
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (option.getKey().equalsIgnoreCase(key)) {
        return option.getValue();
      }
    }
    return null;
  }
}
