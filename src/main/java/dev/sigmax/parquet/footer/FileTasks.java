package dev.sigmax.parquet.footer;

import dev.sigmax.spark.SessionSettings;
import dev.sigmax.spark.TaskResults;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Does something for each file: here where it is little, as a Spark job where it is much. */
final class FileTasks {
  private static final int FEW = 16;
  private static final int FILES_PER_TASK = 64;

  /** Where Spark keeps what {@code setJobDescription} is given. */
  private static final String DESCRIPTION = "spark.job.description";

  /** What is done for a file, on whichever machine. */
  interface FileTask<R> extends Serializable {
    R apply(String path, Configuration configuration);
  }

  /** What becomes of the results of one Spark task, one after the other; made anew for each. */
  interface Finishing<R> extends Supplier<UnaryOperator<R>>, Serializable {}

  private FileTasks() {}

  /** For what takes the same for each file. */
  static <R> List<R> map(
      SparkSession spark,
      String description,
      List<String> paths,
      FileTask<R> task,
      Finishing<R> finishing) {
    return map(spark, description, paths, areFew(paths), task, finishing);
  }

  /** Whether a Spark job would take longer than it saves. */
  static boolean areFew(List<String> paths) {
    return paths.size() <= FEW;
  }

  /** The results in the order of {@code paths}, without Spark. */
  static <R> List<R> mapHere(Configuration configuration, List<String> paths, FileTask<R> task) {
    List<R> results = new ArrayList<>();
    for (String path : paths) {
      results.add(task.apply(path, configuration));
    }
    return results;
  }

  /**
   * The results in the order of {@code paths}.
   *
   * @param little whether it is done here
   */
  static <R> List<R> map(
      SparkSession spark,
      String description,
      List<String> paths,
      boolean little,
      FileTask<R> task,
      Finishing<R> finishing) {
    Configuration configuration = SessionSettings.hadoop(spark);
    if (little) {
      return mapHere(configuration, paths, task);
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> shared =
        context.broadcast(new SerializableConfiguration(configuration));
    int parallel = context.defaultParallelism();
    int tasks = Math.max(parallel, (paths.size() + FILES_PER_TASK - 1) / FILES_PER_TASK);
    String described = context.getLocalProperty(DESCRIPTION);
    context.setJobDescription(description);
    try {
      return TaskResults.collect(
              context.parallelize(paths, Math.min(tasks, paths.size())),
              part -> {
                UnaryOperator<R> finish = finishing.get();
                List<R> results = new ArrayList<>();
                part.forEachRemaining(
                    path -> results.add(finish.apply(task.apply(path, shared.value().value()))));
                return results;
              })
          .stream()
          .flatMap(List::stream)
          .toList();
    } finally {
      context.setJobDescription(described);
      shared.destroy();
    }
  }
}
