package dev.sigmax.columnar.scan;

import dev.sigmax.testing.SparkTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.Iterator;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** Scans of tasks that are given, never run, and the tasks of a scan. */
abstract class GivenTasks extends SparkTest {
  private static final class Scan extends RDD<ColumnarBatch> {
    private static final long serialVersionUID = 1L;
    private final transient Partition[] tasks;

    Scan(SparkContext context, Partition... tasks) {
      super(context, noDependencies(), ClassTag$.MODULE$.apply(ColumnarBatch.class));
      this.tasks = tasks;
    }

    @SuppressWarnings("unchecked")
    private static Seq<Dependency<?>> noDependencies() {
      return (Seq<Dependency<?>>) (Seq<?>) Nil$.MODULE$;
    }

    @Override
    public Partition[] getPartitions() {
      return tasks;
    }

    @Override
    public Iterator<ColumnarBatch> compute(Partition split, TaskContext context) {
      throw new UnsupportedOperationException("this scan is never run");
    }
  }

  record Part(String file, long from, long to) {}

  static PartitionedFile part(String file, long from, long length) {
    return new PartitionedFile(
        InternalRow.empty(),
        SparkPath.fromPathString("file:/data/" + file),
        from,
        length,
        new String[] {"host"},
        1,
        from + length,
        Map$.MODULE$.empty());
  }

  static RDD<ColumnarBatch> scan(PartitionedFile[]... tasks) {
    Partition[] partitions = new Partition[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      partitions[i] = new FilePartition(i, tasks[i]);
    }
    return new Scan(spark().sparkContext(), partitions);
  }

  static PartitionedFile[] task(PartitionedFile... files) {
    return files;
  }

  static List<List<Part>> tasksOf(RDD<ColumnarBatch> scan) {
    List<List<Part>> tasks = new ArrayList<>();
    for (Partition partition : scan.partitions()) {
      tasks.add(
          Arrays.stream(((FilePartition) partition).files())
              .map(
                  file ->
                      new Part(file.toPath().getName(), file.start(), file.start() + file.length()))
              .toList());
    }
    return tasks;
  }
}
