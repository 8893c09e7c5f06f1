package dev.sigmax.columnar.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.spark.Partition;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;

/**
 * Cuts the tasks of a scan anew where Spark's would leave cores idle: Spark cuts files at a fixed
 * size, so that of 440 MB on two cores, say, one core reads 256 MB while the other has finished.
 * The new tasks read as many bytes each and are as few as before, or up to the next multiple of the
 * cores. Rows stay in order; a row group still belongs to the one task that has its middle.
 */
public final class BalancedPartitions {
  /** Up to so much longer than with even tasks is not worth another cut. */
  private static final double TOLERATED = 1.05;

  private BalancedPartitions() {}

  /** The scan as it is, or with even tasks for so many cores. */
  public static <T> RDD<T> of(RDD<T> scan, int cores) {
    List<PartitionedFile> files = new ArrayList<>();
    List<Long> tasks = new ArrayList<>();
    for (Partition partition : scan.partitions()) {
      if (!(partition instanceof FilePartition task)) {
        return scan;
      }
      files.addAll(Arrays.asList(task.files()));
      tasks.add(Arrays.stream(task.files()).mapToLong(PartitionedFile::length).sum());
    }
    long total = tasks.stream().mapToLong(Long::longValue).sum();
    if (tasks.size() <= 1 || busiest(tasks, cores) <= TOLERATED * total / cores) {
      return scan;
    }
    int count = ((tasks.size() + cores - 1) / cores) * cores;
    return new RecutScan<>(scan, cut(files, count, total));
  }

  /** How many bytes the busiest core reads, if each takes the next task when it is free. */
  private static long busiest(List<Long> tasks, int cores) {
    PriorityQueue<Long> loads = new PriorityQueue<>(Comparator.naturalOrder());
    for (int i = 0; i < cores; i++) {
      loads.add(0L);
    }
    for (long task : tasks) {
      loads.add(loads.remove() + task);
    }
    return loads.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  /** Parts of files in so many tasks of as many bytes each, in their order. */
  static List<List<PartitionedFile>> cut(List<PartitionedFile> files, int count, long total) {
    List<List<PartitionedFile>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(new ArrayList<>());
    }
    long before = 0;
    int task = 0;
    for (PartitionedFile file : files) {
      long from = 0;
      while (from < file.length()) {
        long end = task == count - 1 ? total : total / count * (task + 1);
        long part = Math.min(file.length() - from, end - before);
        if (part > 0) {
          tasks.get(task).add(RecutScan.part(file, file.start() + from, part));
        }
        from += part;
        before += part;
        task = before >= end && task < count - 1 ? task + 1 : task;
      }
    }
    return tasks;
  }
}
