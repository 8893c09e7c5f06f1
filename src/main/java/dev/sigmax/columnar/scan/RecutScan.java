package dev.sigmax.columnar.scan;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.collection.Iterator;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A scan of files by other tasks than Spark's: each reads the parts of files that it is given. */
final class RecutScan<T> extends RDD<T> {
  private static final long serialVersionUID = 1L;

  private final RDD<T> scan;
  private final transient Partition[] partitions;

  RecutScan(RDD<T> scan, List<List<PartitionedFile>> tasks) {
    super(scan.sparkContext(), noDependencies(), scan.elementClassTag());
    this.scan = scan;
    this.partitions = new Partition[tasks.size()];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new FilePartition(i, tasks.get(i).toArray(PartitionedFile[]::new));
    }
  }

  @SuppressWarnings("unchecked")
  private static Seq<Dependency<?>> noDependencies() {
    return (Seq<Dependency<?>>) (Seq<?>) Nil$.MODULE$;
  }

  /** Some of a part of a file. */
  static PartitionedFile part(PartitionedFile file, long start, long length) {
    return new PartitionedFile(
        file.partitionValues(),
        file.filePath(),
        start,
        length,
        file.locations(),
        file.modificationTime(),
        file.fileSize(),
        file.otherConstantMetadataColumnValues());
  }

  @Override
  public Partition[] getPartitions() {
    return partitions;
  }

  @Override
  public Seq<String> getPreferredLocations(Partition partition) {
    String[] locations = ((FilePartition) partition).preferredLocations();
    return CollectionConverters.asScala(Arrays.asList(locations)).toSeq();
  }

  @Override
  public Iterator<T> compute(Partition partition, TaskContext context) {
    return scan.compute(partition, context);
  }
}
